-- Execution: the kill switch, leases with fencing tokens, what the caps count, live workers.

-- Stops all enforcement while a row is not released. Every claim looks here in its own transaction.
CREATE TABLE "kill_switch" (
  "id" SERIAL NOT NULL,
  "reason" TEXT NOT NULL,
  "turned_on_by_id" INTEGER NOT NULL,
  "turned_on_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "asked_by_id" INTEGER,
  "asked_at" TIMESTAMPTZ(3),
  "asked_reason" TEXT,
  "released_by_id" INTEGER,
  "released_at" TIMESTAMPTZ(3),
  "released_reason" TEXT,
  CONSTRAINT "kill_switch_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "kill_switch_turned_on_by_id_fkey" FOREIGN KEY ("turned_on_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "kill_switch_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "kill_switch_released_by_id_fkey" FOREIGN KEY ("released_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "kill_switch_asked_whole" CHECK (num_nonnulls("asked_by_id", "asked_at", "asked_reason") IN (0, 3)),
  CONSTRAINT "kill_switch_released_whole" CHECK (num_nonnulls("released_by_id", "released_at", "released_reason") IN (0, 3)),
  CONSTRAINT "kill_switch_two_people" CHECK ("released_by_id" IS NULL OR "asked_by_id" IS NOT NULL AND "asked_by_id" <> "released_by_id")
);
CREATE UNIQUE INDEX "kill_switch_one_is_on" ON "kill_switch" ((1)) WHERE "released_at" IS NULL;
CREATE FUNCTION "kill_switch_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."released_at" IS NOT NULL OR NEW."turned_on_by_id" <> OLD."turned_on_by_id"
     OR NEW."turned_on_at" <> OLD."turned_on_at" OR NEW."reason" <> OLD."reason" THEN
    RAISE EXCEPTION 'the kill switch is released by two people and in no other way';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "kill_switch_kept" BEFORE UPDATE OR DELETE ON "kill_switch"
  FOR EACH ROW EXECUTE FUNCTION "kill_switch_kept"();

-- Processes that work. One whose connection is gone or that stands still is struck off by another.
CREATE TABLE "worker" (
  "id" SERIAL NOT NULL,
  "name" TEXT NOT NULL,
  "queue_ids" TEXT[] NOT NULL DEFAULT '{}',
  "beats" INTEGER NOT NULL DEFAULT 0,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- A batch that a worker has taken on. Its id is the fencing token that every item of it carries until its answer is
-- recorded; its counts are what the hard caps add up.
CREATE TABLE "enforcement_claim" (
  "id" SERIAL NOT NULL,
  "proposal_id" INTEGER NOT NULL,
  "worker_id" INTEGER,
  "stage" SMALLINT NOT NULL,
  "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "accounts" INTEGER NOT NULL,
  "paying" INTEGER NOT NULL,
  CONSTRAINT "enforcement_claim_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "enforcement_claim_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id"),
  CONSTRAINT "enforcement_claim_counts" CHECK ("paying" BETWEEN 0 AND "accounts")
);
CREATE INDEX "enforcement_claim_proposal_id_idx" ON "enforcement_claim"("proposal_id");
CREATE INDEX "enforcement_claim_claimed_at_idx" ON "enforcement_claim"("claimed_at");

ALTER TABLE "proposal"
  -- Errors of claims up to this one do not count: somebody looked at them and resumed.
  ADD COLUMN "errors_after" INTEGER NOT NULL DEFAULT 0,
  -- Appeals that somebody knew of when they resumed it: they do not pause it again.
  ADD COLUMN "appeals_seen" INTEGER NOT NULL DEFAULT 0,
  -- Until when the stages before this one are watched.
  ADD COLUMN "watch_stage" SMALLINT,
  ADD COLUMN "watch_until" TIMESTAMPTZ(3),
  -- Carried out in shadow mode: everything but the calls.
  ADD COLUMN "shadow" BOOLEAN NOT NULL DEFAULT false,
  -- A stopped one of which nothing is without an answer any more.
  ADD COLUMN "settled_at" TIMESTAMPTZ(3);

-- What an item is now is in no index, so that its changes touch none (HOT): 24,000 items change twice in an execution.
ALTER TABLE "proposal_item" ADD COLUMN "claim_id" INTEGER;
ALTER TABLE "proposal_item" SET (fillfactor = 45);
DROP INDEX "proposal_item_proposal_id_state_stage_idx";
CREATE INDEX "proposal_item_proposal_id_stage_account_key_idx" ON "proposal_item"("proposal_id", "stage", "account_key");
-- After the row: a trigger before it would lock every row once more. And only for what is frozen.
DROP TRIGGER "proposal_item_frozen" ON "proposal_item";
CREATE TRIGGER "proposal_item_frozen" AFTER UPDATE OF "proposal_id", "account_key", "account_id", "target_status", "lifts",
  "restores_proposal_id" ON "proposal_item" FOR EACH ROW EXECUTE FUNCTION "proposal_item_frozen"();
CREATE TRIGGER "proposal_item_kept" BEFORE DELETE ON "proposal_item"
  FOR EACH ROW EXECUTE FUNCTION "proposal_item_frozen"();
