-- Campaigns gather clusters. Who is believed to be behind one is said by hypotheses that compete, each with evidence
-- for and against; nothing that is enforced reads them.

CREATE TABLE "campaign" (
  "id" SERIAL NOT NULL,
  "name" TEXT NOT NULL,
  "summary" TEXT NOT NULL,
  "created_by_id" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "campaign_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "campaign_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id")
);
CREATE UNIQUE INDEX "campaign_one_name" ON "campaign"(lower("name"));

-- A cluster belongs to one operation at a time.
CREATE TABLE "campaign_cluster" (
  "cluster_id" INTEGER NOT NULL,
  "campaign_id" INTEGER NOT NULL,
  "added_by_id" INTEGER NOT NULL,
  "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "campaign_cluster_pkey" PRIMARY KEY ("cluster_id"),
  CONSTRAINT "campaign_cluster_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id"),
  CONSTRAINT "campaign_cluster_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id"),
  CONSTRAINT "campaign_cluster_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "app_user"("id")
);
CREATE INDEX "campaign_cluster_campaign_id_idx" ON "campaign_cluster"("campaign_id");

CREATE TABLE "actor" (
  "id" SERIAL NOT NULL,
  "name" TEXT NOT NULL,
  "aliases" TEXT[] NOT NULL DEFAULT '{}',
  "created_by_id" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "actor_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "actor_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id")
);
CREATE UNIQUE INDEX "actor_one_name" ON "actor"(lower("name"));

CREATE TYPE "hypothesis_state" AS ENUM ('standing', 'attributed', 'withdrawn');
CREATE TABLE "hypothesis" (
  "id" SERIAL NOT NULL,
  "campaign_id" INTEGER NOT NULL,
  "actor_id" INTEGER NOT NULL,
  "state" "hypothesis_state" NOT NULL DEFAULT 'standing',
  "confidence" SMALLINT NOT NULL,
  "revision" INTEGER NOT NULL DEFAULT 1,
  "author_id" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "hypothesis_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "hypothesis_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id"),
  CONSTRAINT "hypothesis_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id"),
  CONSTRAINT "hypothesis_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id"),
  CONSTRAINT "hypothesis_confidence_range" CHECK ("confidence" BETWEEN 0 AND 100)
);
CREATE UNIQUE INDEX "hypothesis_campaign_id_actor_id_key" ON "hypothesis"("campaign_id", "actor_id");
-- Hypotheses compete: at most one is what the campaign is attributed to.
CREATE UNIQUE INDEX "hypothesis_one_attribution" ON "hypothesis"("campaign_id") WHERE "state" = 'attributed';

-- What was thought of a hypothesis, when and by whom. Rows are only added.
CREATE TABLE "hypothesis_revision" (
  "hypothesis_id" INTEGER NOT NULL,
  "revision" INTEGER NOT NULL,
  "state" "hypothesis_state" NOT NULL,
  "confidence" SMALLINT NOT NULL,
  "reason" TEXT NOT NULL,
  "author_id" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "hypothesis_revision_pkey" PRIMARY KEY ("hypothesis_id", "revision"),
  CONSTRAINT "hypothesis_revision_hypothesis_id_fkey" FOREIGN KEY ("hypothesis_id") REFERENCES "hypothesis"("id"),
  CONSTRAINT "hypothesis_revision_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id")
);

CREATE TYPE "evidence_side" AS ENUM ('for', 'against');
CREATE TABLE "hypothesis_evidence" (
  "id" SERIAL NOT NULL,
  "hypothesis_id" INTEGER NOT NULL,
  "side" "evidence_side" NOT NULL,
  "body" TEXT NOT NULL,
  "cluster_id" INTEGER,
  "author_id" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "withdrawn_by_id" INTEGER,
  "withdrawn_at" TIMESTAMPTZ(3),
  "withdrawn_reason" TEXT,
  CONSTRAINT "hypothesis_evidence_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "hypothesis_evidence_hypothesis_id_fkey" FOREIGN KEY ("hypothesis_id") REFERENCES "hypothesis"("id"),
  CONSTRAINT "hypothesis_evidence_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id"),
  CONSTRAINT "hypothesis_evidence_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "app_user"("id"),
  CONSTRAINT "hypothesis_evidence_withdrawn_by_id_fkey" FOREIGN KEY ("withdrawn_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "hypothesis_evidence_withdrawn_whole" CHECK (
    ("withdrawn_at" IS NULL) = ("withdrawn_by_id" IS NULL) AND ("withdrawn_at" IS NULL) = ("withdrawn_reason" IS NULL))
);
CREATE INDEX "hypothesis_evidence_hypothesis_id_idx" ON "hypothesis_evidence"("hypothesis_id");
