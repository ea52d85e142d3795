-- Proposals from anywhere, for countermeasures and restores too; accounts that no list may hold; approvals that are final.

-- A value added here may not be used before the transaction ends: below, actions are compared as text.
ALTER TYPE "enforcement_action" ADD VALUE 'countermeasure' BEFORE 'restore';

CREATE TYPE "proposal_source" AS ENUM ('cluster', 'selection', 'indicator', 'list', 'restore', 'appeal');

ALTER TABLE "proposal"
  ADD COLUMN "countermeasure" TEXT,
  ADD COLUMN "reason_code" TEXT,
  ADD COLUMN "source" "proposal_source" NOT NULL DEFAULT 'cluster',
  ADD COLUMN "source_detail" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "restores_id" INTEGER,
  ADD COLUMN "companion_id" INTEGER,
  ADD COLUMN "replaces_id" INTEGER,
  ADD COLUMN "tiers_version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "fresh_minutes" SMALLINT,
  ADD CONSTRAINT "proposal_restores_id_fkey" FOREIGN KEY ("restores_id") REFERENCES "proposal"("id"),
  ADD CONSTRAINT "proposal_companion_id_fkey" FOREIGN KEY ("companion_id") REFERENCES "proposal"("id"),
  ADD CONSTRAINT "proposal_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "proposal"("id"),
  ADD CONSTRAINT "proposal_countermeasure_named" CHECK (("action"::text = 'countermeasure') = ("countermeasure" IS NOT NULL)),
  ADD CONSTRAINT "proposal_restores" CHECK ("restores_id" IS NULL OR "action"::text = 'restore');
CREATE INDEX "proposal_restores_id_idx" ON "proposal"("restores_id");

ALTER TABLE "proposal_item"
  ADD COLUMN "cluster_id" INTEGER,
  ADD COLUMN "kinds" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "groups" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "target_status" "account_status",
  ADD COLUMN "lifts" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "restores_proposal_id" INTEGER,
  ADD CONSTRAINT "proposal_item_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id"),
  ADD CONSTRAINT "proposal_item_restores_proposal_id_fkey" FOREIGN KEY ("restores_proposal_id") REFERENCES "proposal"("id");
CREATE INDEX "proposal_item_restores_idx" ON "proposal_item"("restores_proposal_id", "account_key")
  WHERE "restores_proposal_id" IS NOT NULL;

-- Countermeasures in force at the provider, by account: a row comes with the act and goes when it is lifted.
CREATE TABLE "account_countermeasure" (
  "account_key" INTEGER NOT NULL,
  "countermeasure" TEXT NOT NULL,
  "proposal_id" INTEGER NOT NULL,
  "applied_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "account_countermeasure_pkey" PRIMARY KEY ("account_key", "countermeasure"),
  CONSTRAINT "account_countermeasure_account_key_fkey" FOREIGN KEY ("account_key") REFERENCES "account"("key"),
  CONSTRAINT "account_countermeasure_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id")
);

-- What the approver proved of themselves: when they had last signed in or entered their password. Null: not asked.
ALTER TABLE "approval" ADD COLUMN "signed_in_at" TIMESTAMPTZ(3);

-- Accounts that no list may hold. An ended one stays as a record of who held it, why and for how long.
CREATE TYPE "hold_kind" AS ENUM ('never_ban', 'legal_hold');
CREATE TABLE "account_hold" (
  "id" SERIAL NOT NULL,
  "kind" "hold_kind" NOT NULL,
  "account_key" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "created_by_id" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3),
  "ended_by_id" INTEGER,
  "ended_at" TIMESTAMPTZ(3),
  "ended_reason" TEXT,
  CONSTRAINT "account_hold_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "account_hold_account_key_fkey" FOREIGN KEY ("account_key") REFERENCES "account"("key"),
  CONSTRAINT "account_hold_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "account_hold_ended_by_id_fkey" FOREIGN KEY ("ended_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "account_hold_ended_with_reason" CHECK (("ended_at" IS NULL) = ("ended_reason" IS NULL))
);
CREATE INDEX "account_hold_account_key_idx" ON "account_hold"("account_key");
CREATE UNIQUE INDEX "account_hold_once" ON "account_hold"("account_key", "kind") WHERE "ended_at" IS NULL;

-- The kind of hold that keeps an account off a list, or null. A restore gives back: only a legal hold forbids it.
CREATE FUNCTION "hold_against"("key" INTEGER, "action" TEXT) RETURNS "hold_kind" LANGUAGE sql STABLE AS $$
  SELECT h."kind" FROM "account_hold" h
  WHERE h."account_key" = "key" AND h."ended_at" IS NULL AND (h."expires_at" IS NULL OR h."expires_at" > clock_timestamp())
    AND (h."kind" = 'legal_hold' OR "action" <> 'restore')
  ORDER BY h."kind" DESC LIMIT 1
$$;
CREATE FUNCTION "proposal_item_not_held"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held RECORD;
BEGIN
  SELECT a."account_id", "hold_against"(a."account_key", p."action"::text) AS kind INTO held
  FROM "added" a JOIN "proposal" p ON p."id" = a."proposal_id"
  WHERE a."account_key" IN (SELECT h."account_key" FROM "account_hold" h WHERE h."ended_at" IS NULL)
    AND "hold_against"(a."account_key", p."action"::text) IS NOT NULL
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'account % may not be on a list: %', held."account_id", held.kind;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "proposal_item_not_held" AFTER INSERT ON "proposal_item"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "proposal_item_not_held"();

-- What was frozen stays so: whom it hits and how, its hash, and what an approval of it takes.
CREATE OR REPLACE FUNCTION "proposal_item_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (NEW."proposal_id", NEW."account_key", NEW."account_id", NEW."target_status", NEW."lifts", NEW."restores_proposal_id")
     IS DISTINCT FROM
     (OLD."proposal_id", OLD."account_key", OLD."account_id", OLD."target_status", OLD."lifts", OLD."restores_proposal_id") THEN
    RAISE EXCEPTION 'the list of proposal % is frozen', OLD."proposal_id";
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION "proposal_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (NEW."id", NEW."action"::text, NEW."countermeasure", NEW."sha256", NEW."account_count", NEW."proposed_by_id",
         NEW."source", NEW."restores_id", NEW."approvals_required", NEW."fresh_minutes", NEW."proposed_at")
     IS DISTINCT FROM
     (OLD."id", OLD."action"::text, OLD."countermeasure", OLD."sha256", OLD."account_count", OLD."proposed_by_id",
         OLD."source", OLD."restores_id", OLD."approvals_required", OLD."fresh_minutes", OLD."proposed_at") THEN
    RAISE EXCEPTION 'proposal % is frozen', OLD."id";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "proposal_frozen" BEFORE UPDATE OR DELETE ON "proposal"
  FOR EACH ROW EXECUTE FUNCTION "proposal_frozen"();

-- An approval is of this very list, and final.
CREATE UNIQUE INDEX "proposal_id_proposed_by_id_sha256_key" ON "proposal"("id", "proposed_by_id", "sha256");
ALTER TABLE "approval" DROP CONSTRAINT "approval_proposal_id_proposed_by_id_fkey";
ALTER TABLE "approval" ADD CONSTRAINT "approval_proposal_id_proposed_by_id_sha256_fkey"
  FOREIGN KEY ("proposal_id", "proposed_by_id", "sha256") REFERENCES "proposal"("id", "proposed_by_id", "sha256");
CREATE FUNCTION "approval_final"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an approval is final (% refused)', TG_OP;
END $$;
CREATE TRIGGER "approval_final" BEFORE UPDATE OR DELETE ON "approval"
  FOR EACH ROW EXECUTE FUNCTION "approval_final"();
