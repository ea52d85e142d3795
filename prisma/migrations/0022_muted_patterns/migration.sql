-- A dismissal may mute its pattern until a day: clusters that rest on it stay out of the queue, and can be looked at.
CREATE TABLE "muted_pattern" (
  "id" SERIAL PRIMARY KEY,
  "cluster_id" INTEGER NOT NULL REFERENCES "cluster"("id"),
  "decision_id" INTEGER NOT NULL UNIQUE REFERENCES "decision"("id"),
  "muted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "accounts" INTEGER NOT NULL,
  "kinds" TEXT[] NOT NULL,
  "values" JSONB NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "ended_cause" TEXT,
  "ended_by_id" INTEGER REFERENCES "app_user"("id"),
  "ended_reason" TEXT,
  CONSTRAINT "muted_pattern_ended_check" CHECK ("ended_cause" IN ('lifted', 'expired', 'reopened', 'replaced')
    AND ("ended_at" IS NULL) = ("ended_cause" IS NULL) AND ("ended_cause" <> 'lifted' OR "ended_by_id" IS NOT NULL))
);
CREATE INDEX "muted_pattern_cluster_id_idx" ON "muted_pattern" ("cluster_id");

ALTER TABLE "cluster" ADD COLUMN "muted_by_id" INTEGER REFERENCES "muted_pattern"("id");
ALTER TABLE "detection_run" ADD COLUMN "muted_clusters" INTEGER NOT NULL DEFAULT 0;
