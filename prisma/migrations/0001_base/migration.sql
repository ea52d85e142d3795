-- The base of Weir: telemetry, findings, triage, enforcement, audit, access. prisma/schema.prisma describes every
-- column; what Prisma cannot say (partitions, CHECKs, triggers) is at the end.

CREATE TYPE "account_status" AS ENUM ('active', 'throttled', 'verification_required', 'banned');
CREATE TYPE "ingest_state" AS ENUM ('running', 'done', 'failed');
CREATE TYPE "cluster_status" AS ENUM ('open', 'in_review', 'confirmed', 'dismissed');
CREATE TYPE "quadrant" AS ENUM ('distillation', 'reseller_review', 'lone_extraction', 'benign');
CREATE TYPE "member_role" AS ENUM ('core', 'member', 'weak');
CREATE TYPE "lineage_event" AS ENUM ('born', 'grew', 'shrank', 'split', 'merged', 'dormant', 're_emerged');
CREATE TYPE "verdict" AS ENUM ('confirm', 'dismiss', 'reopen');
CREATE TYPE "enforcement_action" AS ENUM ('throttle', 'require_verification', 'ban', 'restore');
CREATE TYPE "proposal_status" AS ENUM ('waiting', 'approved', 'running', 'paused', 'done', 'stopped', 'rejected', 'withdrawn', 'expired');
CREATE TYPE "item_state" AS ENUM ('waiting', 'sent', 'retrying', 'done', 'dead', 'skipped');
CREATE TYPE "approval_verdict" AS ENUM ('approve', 'reject');
CREATE TYPE "audit_outcome" AS ENUM ('done', 'refused');
CREATE TYPE "user_role" AS ENUM ('viewer', 'analyst', 'approver', 'admin', 'auditor');

CREATE TABLE "account" (
  "key" SERIAL NOT NULL,
  "id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3),
  "display_name" TEXT,
  "plan" TEXT,
  "country" TEXT,
  "organization_id" TEXT,
  "verified_organization" BOOLEAN NOT NULL DEFAULT false,
  "email_domain" TEXT,
  "signup_ip" TEXT,
  "monthly_spend_usd" DOUBLE PRECISION,
  "program" TEXT,
  "enterprise" BOOLEAN NOT NULL DEFAULT false,
  "last_paid_at" TIMESTAMPTZ(3),
  "reported_status" "account_status" NOT NULL DEFAULT 'active',
  "enforced_status" "account_status",
  "enforced_at" TIMESTAMPTZ(3),
  "first_seen_at" TIMESTAMPTZ(3),
  "last_seen_at" TIMESTAMPTZ(3),
  "exchanges" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "account_pkey" PRIMARY KEY ("key")
);
CREATE UNIQUE INDEX "account_id_key" ON "account"("id");
CREATE INDEX "account_organization_id_idx" ON "account"("organization_id");

CREATE TABLE "indicator" (
  "id" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  CONSTRAINT "indicator_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "indicator_kind_idx" ON "indicator"("kind");

CREATE TABLE "account_indicator" (
  "account_key" INTEGER NOT NULL,
  "indicator_id" BIGINT NOT NULL,
  "day" DATE NOT NULL,
  "count" INTEGER NOT NULL
);
CREATE INDEX "account_indicator_account_key_idx" ON "account_indicator"("account_key");
CREATE INDEX "account_indicator_indicator_id_idx" ON "account_indicator"("indicator_id");

CREATE TABLE "account_hour" (
  "account_key" INTEGER NOT NULL,
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "class" SMALLINT NOT NULL,
  "model_id" SMALLINT NOT NULL,
  "exchanges" INTEGER NOT NULL,
  "input_tokens" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL
);
CREATE INDEX "account_hour_account_key_hour_idx" ON "account_hour"("account_key", "hour");

CREATE TABLE "account_bins" (
  "account_key" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "bins" BIT(96) NOT NULL
);
CREATE INDEX "account_bins_account_key_idx" ON "account_bins"("account_key");

CREATE TABLE "exchange" (
  "account_key" INTEGER NOT NULL,
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "identity" BIGINT NOT NULL,
  "model_id" SMALLINT NOT NULL,
  "class" SMALLINT NOT NULL,
  "ip_id" BIGINT,
  "client_id" BIGINT,
  "template_id" BIGINT,
  "input_tokens" INTEGER NOT NULL,
  "output_tokens" INTEGER NOT NULL
) PARTITION BY RANGE ("occurred_at");
CREATE INDEX "exchange_account_key_identity_idx" ON "exchange"("account_key", "identity");

CREATE TABLE "observation" (
  "account_key" INTEGER NOT NULL,
  "indicator_id" BIGINT NOT NULL,
  "observed_at" TIMESTAMPTZ(3) NOT NULL,
  "count" INTEGER NOT NULL,
  CONSTRAINT "observation_pkey" PRIMARY KEY ("account_key", "indicator_id", "observed_at")
);

CREATE TABLE "model" (
  "id" SMALLSERIAL NOT NULL,
  "name" TEXT NOT NULL,
  "released_at" TIMESTAMPTZ(3),
  CONSTRAINT "model_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "model_name_key" ON "model"("name");

CREATE TABLE "appeal" (
  "account_key" INTEGER NOT NULL,
  "id" TEXT NOT NULL,
  "received_at" TIMESTAMPTZ(3) NOT NULL,
  "text" TEXT,
  CONSTRAINT "appeal_pkey" PRIMARY KEY ("account_key", "id")
);

CREATE TABLE "ingest_run" (
  "id" SERIAL NOT NULL,
  "source" TEXT NOT NULL,
  "format" TEXT NOT NULL,
  "state" "ingest_state" NOT NULL DEFAULT 'running',
  "simulated" BOOLEAN NOT NULL DEFAULT false,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),
  "accepted" BIGINT NOT NULL DEFAULT 0,
  "rejected" BIGINT NOT NULL DEFAULT 0,
  "duplicates" BIGINT NOT NULL DEFAULT 0,
  "last_record_at" TIMESTAMPTZ(3),
  CONSTRAINT "ingest_run_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ingest_run_started_at_idx" ON "ingest_run"("started_at");

CREATE TABLE "detection_run" (
  "id" SERIAL NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "finished_at" TIMESTAMPTZ(3) NOT NULL,
  "window_from" TIMESTAMPTZ(3),
  "window_to" TIMESTAMPTZ(3),
  "accounts" INTEGER NOT NULL,
  "clusters" INTEGER NOT NULL,
  "benign_accounts" INTEGER NOT NULL,
  "config" JSONB NOT NULL,
  "seconds" JSONB NOT NULL,
  "suppressed" JSONB NOT NULL,
  "digest" TEXT NOT NULL,
  CONSTRAINT "detection_run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "cluster" (
  "id" SERIAL NOT NULL,
  "name" TEXT NOT NULL,
  "status" "cluster_status" NOT NULL DEFAULT 'open',
  "reopened_cause" TEXT,
  "run_id" INTEGER NOT NULL,
  "active" BOOLEAN NOT NULL DEFAULT true,
  "rank" INTEGER NOT NULL,
  "score" DOUBLE PRECISION NOT NULL,
  "retention" DOUBLE PRECISION NOT NULL,
  "retention_low" DOUBLE PRECISION NOT NULL,
  "coordination" DOUBLE PRECISION NOT NULL,
  "extraction" DOUBLE PRECISION NOT NULL,
  "quadrant" "quadrant" NOT NULL,
  "retention_alone" BOOLEAN NOT NULL DEFAULT false,
  "accounts" INTEGER NOT NULL,
  "weak_accounts" INTEGER NOT NULL,
  "joined" INTEGER NOT NULL DEFAULT 0,
  "exchanges" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  "daily_rate" DOUBLE PRECISION NOT NULL,
  "paying_accounts" INTEGER NOT NULL,
  "spark" INTEGER[],
  "first_seen_at" TIMESTAMPTZ(3),
  "last_seen_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "assignee_id" INTEGER,
  "claimed_at" TIMESTAMPTZ(3),
  CONSTRAINT "cluster_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "cluster_status_score_idx" ON "cluster"("status", "score");
CREATE INDEX "cluster_assignee_id_idx" ON "cluster"("assignee_id");

CREATE TABLE "cluster_member" (
  "cluster_id" INTEGER NOT NULL,
  "account_key" INTEGER NOT NULL,
  "role" "member_role" NOT NULL,
  "strength" DOUBLE PRECISION NOT NULL,
  "kinds" TEXT[],
  "joined_run_id" INTEGER NOT NULL,
  CONSTRAINT "cluster_member_pkey" PRIMARY KEY ("cluster_id", "account_key")
);
CREATE INDEX "cluster_member_account_key_idx" ON "cluster_member"("account_key");

CREATE TABLE "evidence" (
  "cluster_id" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "members" INTEGER NOT NULL,
  "population" INTEGER NOT NULL,
  "expected" DOUBLE PRECISION NOT NULL,
  "points" DOUBLE PRECISION NOT NULL,
  "score_without" DOUBLE PRECISION NOT NULL,
  "value_count" INTEGER NOT NULL,
  "values" JSONB NOT NULL,
  "detail" TEXT,
  CONSTRAINT "evidence_pkey" PRIMARY KEY ("cluster_id", "kind")
);

CREATE TABLE "cluster_lineage" (
  "id" SERIAL NOT NULL,
  "cluster_id" INTEGER NOT NULL,
  "run_id" INTEGER NOT NULL,
  "event" "lineage_event" NOT NULL,
  "other_cluster_id" INTEGER,
  "before" INTEGER NOT NULL,
  "after" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "cluster_lineage_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "cluster_lineage_cluster_id_idx" ON "cluster_lineage"("cluster_id");

CREATE TABLE "cluster_hour" (
  "cluster_id" INTEGER NOT NULL,
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "class" SMALLINT NOT NULL,
  "exchanges" INTEGER NOT NULL,
  "input_tokens" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  CONSTRAINT "cluster_hour_pkey" PRIMARY KEY ("cluster_id", "hour", "class")
);

CREATE TABLE "benign_hour" (
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "exchanges" INTEGER NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  CONSTRAINT "benign_hour_pkey" PRIMARY KEY ("hour")
);

CREATE TABLE "decision" (
  "id" SERIAL NOT NULL,
  "cluster_id" INTEGER NOT NULL,
  "verdict" "verdict" NOT NULL,
  "reason_code" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "author_id" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "decision_cluster_id_at_idx" ON "decision"("cluster_id", "at");

CREATE TABLE "comment" (
  "id" SERIAL NOT NULL,
  "cluster_id" INTEGER NOT NULL,
  "author_id" INTEGER NOT NULL,
  "body" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "comment_cluster_id_at_idx" ON "comment"("cluster_id", "at");

CREATE TABLE "proposal" (
  "id" SERIAL NOT NULL,
  "action" "enforcement_action" NOT NULL,
  "cluster_id" INTEGER,
  "status" "proposal_status" NOT NULL DEFAULT 'waiting',
  "reason" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "account_count" INTEGER NOT NULL,
  "evidence" JSONB NOT NULL,
  "impact" JSONB NOT NULL,
  "approvals_required" INTEGER NOT NULL,
  "proposed_by_id" INTEGER NOT NULL,
  "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  "note" TEXT,
  CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "proposal_id_proposed_by_id_key" ON "proposal"("id", "proposed_by_id");
CREATE INDEX "proposal_status_idx" ON "proposal"("status");
CREATE INDEX "proposal_cluster_id_idx" ON "proposal"("cluster_id");

CREATE TABLE "proposal_item" (
  "proposal_id" INTEGER NOT NULL,
  "account_key" INTEGER NOT NULL,
  "account_id" TEXT NOT NULL,
  "strength" DOUBLE PRECISION NOT NULL,
  "stage" SMALLINT NOT NULL,
  "state" "item_state" NOT NULL DEFAULT 'waiting',
  "attempts" SMALLINT NOT NULL DEFAULT 0,
  "previous_status" "account_status",
  "next_attempt_at" TIMESTAMPTZ(3),
  "sent_at" TIMESTAMPTZ(3),
  "done_at" TIMESTAMPTZ(3),
  "took_ms" INTEGER,
  "outcome" TEXT,
  CONSTRAINT "proposal_item_pkey" PRIMARY KEY ("proposal_id", "account_key")
);
CREATE INDEX "proposal_item_proposal_id_state_stage_idx" ON "proposal_item"("proposal_id", "state", "stage");
CREATE INDEX "proposal_item_account_key_idx" ON "proposal_item"("account_key");

CREATE TABLE "approval" (
  "id" SERIAL NOT NULL,
  "proposal_id" INTEGER NOT NULL,
  "proposed_by_id" INTEGER NOT NULL,
  "approver_id" INTEGER NOT NULL,
  "verdict" "approval_verdict" NOT NULL,
  "reason" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "approval_proposal_id_approver_id_key" ON "approval"("proposal_id", "approver_id");

CREATE TABLE "sandbox_account" (
  "account_id" TEXT NOT NULL,
  "status" "account_status" NOT NULL,
  "last_key" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "sandbox_account_pkey" PRIMARY KEY ("account_id")
);

CREATE TABLE "audit_entry" (
  "id" BIGSERIAL NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "actor" TEXT NOT NULL,
  "actor_name" TEXT NOT NULL,
  "verb" TEXT NOT NULL,
  "object_type" TEXT NOT NULL,
  "object_id" TEXT NOT NULL,
  "object_label" TEXT,
  "outcome" "audit_outcome" NOT NULL DEFAULT 'done',
  "reason" TEXT,
  "before" JSONB,
  "after" JSONB,
  "detail" JSONB,
  CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");
CREATE INDEX "audit_entry_object_type_object_id_idx" ON "audit_entry"("object_type", "object_id");
CREATE INDEX "audit_entry_actor_idx" ON "audit_entry"("actor");
CREATE INDEX "audit_entry_verb_idx" ON "audit_entry"("verb");

CREATE TABLE "app_user" (
  "id" SERIAL NOT NULL,
  "email" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "role" "user_role" NOT NULL,
  "password_hash" TEXT NOT NULL,
  "session_version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_sign_in_at" TIMESTAMPTZ(3),
  "disabled_at" TIMESTAMPTZ(3),
  "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
  "locked_until" TIMESTAMPTZ(3),
  CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

CREATE TABLE "api_key" (
  "id" SERIAL NOT NULL,
  "name" TEXT NOT NULL,
  "prefix" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "created_by_id" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_used_at" TIMESTAMPTZ(3),
  "revoked_at" TIMESTAMPTZ(3),
  CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "api_key_sha256_key" ON "api_key"("sha256");

ALTER TABLE "appeal" ADD CONSTRAINT "appeal_account_key_fkey" FOREIGN KEY ("account_key") REFERENCES "account"("key") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cluster" ADD CONSTRAINT "cluster_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "detection_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cluster" ADD CONSTRAINT "cluster_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "cluster_member" ADD CONSTRAINT "cluster_member_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cluster_member" ADD CONSTRAINT "cluster_member_account_key_fkey" FOREIGN KEY ("account_key") REFERENCES "account"("key") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cluster_lineage" ADD CONSTRAINT "cluster_lineage_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cluster_lineage" ADD CONSTRAINT "cluster_lineage_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "detection_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cluster_hour" ADD CONSTRAINT "cluster_hour_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "decision" ADD CONSTRAINT "decision_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "decision" ADD CONSTRAINT "decision_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "comment" ADD CONSTRAINT "comment_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "comment" ADD CONSTRAINT "comment_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "proposal_item" ADD CONSTRAINT "proposal_item_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "proposal_item" ADD CONSTRAINT "proposal_item_account_key_fkey" FOREIGN KEY ("account_key") REFERENCES "account"("key") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_proposal_id_proposed_by_id_fkey" FOREIGN KEY ("proposal_id", "proposed_by_id") REFERENCES "proposal"("id", "proposed_by_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_approver_id_fkey" FOREIGN KEY ("approver_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A second person: nobody approves what they proposed themselves, whatever the application believes.
ALTER TABLE "approval" ADD CONSTRAINT "approval_not_by_proposer" CHECK ("approver_id" <> "proposed_by_id");

-- An empty list is an error, never a way to say "everybody".
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_not_empty" CHECK ("account_count" > 0);
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_approvals" CHECK ("approvals_required" BETWEEN 1 AND 5);
ALTER TABLE "cluster" ADD CONSTRAINT "cluster_claimed_together" CHECK (("assignee_id" IS NULL) = ("claimed_at" IS NULL));

ALTER TABLE "app_user" ADD CONSTRAINT "app_user_email_lower" CHECK ("email" = lower("email"));

-- The frozen list cannot be edited after the fact: who is on it never changes, nobody is taken off it, and nobody
-- is added once the transaction that made the proposal is over.
CREATE FUNCTION "proposal_item_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW."proposal_id", NEW."account_key", NEW."account_id")
     IS DISTINCT FROM (OLD."proposal_id", OLD."account_key", OLD."account_id") THEN
    RAISE EXCEPTION 'the list of proposal % is frozen', OLD."proposal_id";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "proposal_item_frozen" BEFORE UPDATE OR DELETE ON "proposal_item"
  FOR EACH ROW EXECUTE FUNCTION "proposal_item_frozen"();
CREATE FUNCTION "proposal_item_closed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT "proposal_id" FROM "added") a JOIN "proposal" p ON p."id" = a."proposal_id"
    WHERE p.xmin <> pg_current_xact_id()::xid
  ) THEN
    RAISE EXCEPTION 'the list of a proposal is frozen once it is made';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "proposal_item_closed" AFTER INSERT ON "proposal_item"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "proposal_item_closed"();

-- The audit only grows. ENABLE ALWAYS: a session that plays replica does not get around it.
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_has_actor" CHECK ("actor" <> '' AND "actor_name" <> '');
CREATE FUNCTION "audit_entry_only_grows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are never changed or removed (% refused)', TG_OP;
END $$;
CREATE TRIGGER "audit_entry_only_grows" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "audit_entry_only_grows"();
CREATE TRIGGER "audit_entry_not_truncated" BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_only_grows"();
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER "audit_entry_only_grows";
ALTER TABLE "audit_entry" ENABLE ALWAYS TRIGGER "audit_entry_not_truncated";
