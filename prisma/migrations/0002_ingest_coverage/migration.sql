-- Which fields came in, by run and in all, and the first rejects of each run. Written in the batch's own transaction.

ALTER TABLE "ingest_run" ADD COLUMN "unknown_keys" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "coverage" JSONB;
-- Runs from before this migration: their records were never counted by field. None is ever added.
CREATE INDEX "ingest_run_uncounted_idx" ON "ingest_run"("id") WHERE "coverage" IS NULL AND "accepted" > 0;

CREATE TABLE "ingest_coverage" (
  "record" TEXT NOT NULL,
  "field" TEXT NOT NULL,
  "records" BIGINT NOT NULL,
  "first_at" TIMESTAMPTZ(3) NOT NULL,
  "last_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "ingest_coverage_pkey" PRIMARY KEY ("record", "field")
);

CREATE TABLE "ingest_reject" (
  "run_id" INTEGER NOT NULL,
  "ordinal" INTEGER NOT NULL,
  "line" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  CONSTRAINT "ingest_reject_pkey" PRIMARY KEY ("run_id", "ordinal"),
  CONSTRAINT "ingest_reject_ordinal_check" CHECK ("ordinal" BETWEEN 1 AND 1000),
  CONSTRAINT "ingest_reject_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "ingest_run"("id") ON DELETE CASCADE
);
