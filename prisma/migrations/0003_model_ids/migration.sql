-- Model ids outgrow SMALLINT: senders name models as they like, and the 32,768th name stopped every ingest for good.

ALTER TABLE "model" ALTER COLUMN "id" TYPE INTEGER;
ALTER SEQUENCE "model_id_seq" AS INTEGER;
ALTER TABLE "account_hour" ALTER COLUMN "model_id" TYPE INTEGER;
ALTER TABLE "exchange" ALTER COLUMN "model_id" TYPE INTEGER;

-- Runs under way, of which the ones whose writer is gone are looked for at every ingest.
CREATE INDEX "ingest_run_running_idx" ON "ingest_run"("id") WHERE "state" = 'running';
