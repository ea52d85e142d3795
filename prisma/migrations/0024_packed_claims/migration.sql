-- A claim holds the accounts that it tries first until their answers are recorded: each item is written once, not twice.
-- Whoever finds it left behind hands them to their items (see lib/enforcement/unpack-claims.ts).
ALTER TABLE "enforcement_claim"
  ADD COLUMN "keys" INTEGER[] NOT NULL DEFAULT '{}',
  -- What each of them was before the call.
  ADD COLUMN "previous" "account_status"[] NOT NULL DEFAULT '{}',
  -- Null: it holds none (any more). The keys stay: taking them out would be one more write of all of them.
  ADD COLUMN "lease_until" TIMESTAMPTZ(3),
  -- Of its accounts, those that a person had tried anew: they were counted for the list before.
  ADD COLUMN "again" INTEGER NOT NULL DEFAULT 0,
  ADD CONSTRAINT "enforcement_claim_again" CHECK ("again" BETWEEN 0 AND "accounts"),
  -- Written once and read whole, if ever.
  ALTER COLUMN "keys" SET STORAGE EXTERNAL,
  ALTER COLUMN "previous" SET STORAGE EXTERNAL;
CREATE INDEX "enforcement_claim_open_idx" ON "enforcement_claim"("proposal_id") WHERE "lease_until" IS NOT NULL;

-- A call reached the provider, or may have, and nobody knows what came of it. Trying it again by hand does not undo that.
ALTER TABLE "proposal_item" ADD COLUMN "unsure" BOOLEAN NOT NULL DEFAULT false;
UPDATE "proposal_item" i SET "unsure" = true
FROM "proposal" p
WHERE p."id" = i."proposal_id" AND NOT p."shadow" AND i."sent_at" IS NOT NULL
  AND (i."state" = 'retrying' OR i."state" = 'sent' AND i."attempts" > 1
    OR i."state" = 'dead' AND (i."attempts" > 1 OR starts_with(i."outcome", 'outcome unknown at the provider')
      OR starts_with(i."outcome", 'an earlier call may have taken effect')));
-- An item grows when its answer is written, and finds room beside its old self (HOT).
ALTER TABLE "proposal_item" SET (fillfactor = 40);
