-- What the provider's settings and appeals need: sealed secrets, when a status was reported, and who decides an appeal.

-- A secret that a setting needs, sealed with a key that lies outside the database. A row that has ended is never used.
CREATE TABLE "setting_secret" (
  "id" SERIAL NOT NULL,
  "name" TEXT NOT NULL,
  "sealed" BYTEA NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "made_by_id" INTEGER,
  "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ends_at" TIMESTAMPTZ(3),
  CONSTRAINT "setting_secret_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "setting_secret_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "app_user"("id")
);
-- One is in use for good at a time; the one before it may go on for a while beside it.
CREATE UNIQUE INDEX "setting_secret_current" ON "setting_secret"("name") WHERE "ends_at" IS NULL;

-- When the provider's records last named a status: after our own act, they may contradict it.
ALTER TABLE "account" ADD COLUMN "reported_at" TIMESTAMPTZ(3);
CREATE INDEX "account_looser_than_enforced" ON "account"("key") WHERE "reported_status" < "enforced_status";

CREATE TYPE "appeal_state" AS ENUM ('open', 'upheld', 'granted');
ALTER TABLE "appeal"
  ADD COLUMN "number" SERIAL NOT NULL,
  ADD COLUMN "state" "appeal_state" NOT NULL DEFAULT 'open',
  ADD COLUMN "proposal_id" INTEGER,
  ADD COLUMN "assignee_id" INTEGER,
  ADD COLUMN "assigned_at" TIMESTAMPTZ(3),
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "decided_by_id" INTEGER,
  ADD COLUMN "decided_at" TIMESTAMPTZ(3),
  ADD COLUMN "restore_id" INTEGER,
  ADD CONSTRAINT "appeal_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id"),
  ADD CONSTRAINT "appeal_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "app_user"("id"),
  ADD CONSTRAINT "appeal_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "app_user"("id"),
  ADD CONSTRAINT "appeal_restore_id_fkey" FOREIGN KEY ("restore_id") REFERENCES "proposal"("id"),
  ADD CONSTRAINT "appeal_assigned_together" CHECK (("assignee_id" IS NULL) = ("assigned_at" IS NULL)),
  ADD CONSTRAINT "appeal_decided_whole" CHECK (
    ("state" = 'open' AND "decided_at" IS NULL AND "decided_by_id" IS NULL AND "reason" IS NULL)
    OR ("state" <> 'open' AND "decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL AND "reason" IS NOT NULL)),
  ADD CONSTRAINT "appeal_decided_by_assignee" CHECK ("decided_by_id" IS NULL OR "decided_by_id" IS NOT DISTINCT FROM "assignee_id"),
  ADD CONSTRAINT "appeal_granted_against_something" CHECK ("state" <> 'granted' OR "proposal_id" IS NOT NULL);
CREATE UNIQUE INDEX "appeal_number_key" ON "appeal"("number");
CREATE INDEX "appeal_state_received_at_idx" ON "appeal"("state", "received_at");

-- The act that an appeal is against: the latest one that reached the account before the appeal came in. The clocks of
-- two systems differ a little. What was carried out in shadow mode reached nobody; the column comes with execution.
SET LOCAL check_function_bodies = off;
CREATE FUNCTION "appealed_act"("account" INTEGER, "received" TIMESTAMPTZ) RETURNS TABLE ("proposal_id" INTEGER)
LANGUAGE sql STABLE AS $$
  SELECT i."proposal_id" FROM "proposal_item" i JOIN "proposal" p ON p."id" = i."proposal_id"
  WHERE i."account_key" = $1 AND p."action"::text <> 'restore' AND NOT p."shadow"
    AND i."state" IN ('done', 'sent', 'retrying', 'dead') AND i."sent_at" <= $2 + interval '5 minutes'
  ORDER BY i."state" = 'done' DESC, i."sent_at" DESC, i."proposal_id" DESC LIMIT 1
$$;
SET LOCAL check_function_bodies = on;

-- Whether a person had part in an act: proposed it, answered it, or confirmed its cluster.
CREATE FUNCTION "had_part_in"("person" INTEGER, "proposal" INTEGER) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM "proposal" p WHERE p."id" = $2 AND p."proposed_by_id" = $1)
    OR EXISTS (SELECT FROM "approval" a WHERE a."proposal_id" = $2 AND a."approver_id" = $1)
    OR EXISTS (SELECT FROM "decision" d JOIN "proposal" p ON p."cluster_id" = d."cluster_id"
      WHERE p."id" = $2 AND d."verdict" = 'confirm' AND d."author_id" = $1)
$$;

-- Nobody judges an appeal against an act of their own, and a decision is final.
CREATE FUNCTION "appeal_by_uninvolved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."state" <> 'open' AND
     (NEW."state", NEW."proposal_id", NEW."assignee_id", NEW."assigned_at", NEW."reason", NEW."decided_by_id", NEW."decided_at")
     IS DISTINCT FROM
     (OLD."state", OLD."proposal_id", OLD."assignee_id", OLD."assigned_at", OLD."reason", OLD."decided_by_id", OLD."decided_at") THEN
    RAISE EXCEPTION 'appeal % is decided', OLD."number";
  END IF;
  IF NEW."assignee_id" IS NULL THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW."assignee_id" IS NOT DISTINCT FROM OLD."assignee_id" AND NEW."state" = OLD."state" THEN
    RETURN NEW;
  END IF;
  NEW."proposal_id" := (SELECT x."proposal_id" FROM "appealed_act"(NEW."account_key", NEW."received_at") x);
  IF "had_part_in"(NEW."assignee_id", NEW."proposal_id") THEN
    RAISE EXCEPTION 'user % had part in the act that appeal % is against', NEW."assignee_id", NEW."number";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "appeal_by_uninvolved" BEFORE INSERT OR UPDATE ON "appeal"
  FOR EACH ROW EXECUTE FUNCTION "appeal_by_uninvolved"();
