-- How strongly each account would be held without each kind that holds it, and what benign traffic a run's thresholds
-- came from. Both are written by the next run.

ALTER TABLE "cluster_member" ADD COLUMN "strength_without" DOUBLE PRECISION[] NOT NULL DEFAULT '{}';
ALTER TABLE "detection_run" ADD COLUMN "baseline" JSONB NOT NULL DEFAULT '{}';
