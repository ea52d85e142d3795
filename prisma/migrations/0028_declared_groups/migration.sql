-- Groups that declare themselves, as the latest run found them; and a cluster's retention without each kind.

ALTER TABLE "evidence" ADD COLUMN "retention_without" DOUBLE PRECISION;

CREATE TABLE "declared_group" (
  "id" SERIAL PRIMARY KEY,
  "run_id" INTEGER NOT NULL REFERENCES "detection_run" ("id") ON UPDATE CASCADE,
  "declared_by" TEXT NOT NULL CHECK ("declared_by" IN ('organization', 'domain')),
  "extraction" DOUBLE PRECISION NOT NULL,
  "account_keys" INTEGER[] NOT NULL
);
CREATE INDEX "declared_group_run_id_idx" ON "declared_group" ("run_id");
