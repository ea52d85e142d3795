-- Detection's weights and thresholds are a versioned setting. A change is tried on what is stored before it is adopted.
ALTER TABLE "detection_run" ADD COLUMN "settings_version" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "detection_backtest" (
  "id" SERIAL PRIMARY KEY,
  "base_version" INTEGER NOT NULL,
  "value" JSONB NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "step" TEXT,
  "requested_by_id" INTEGER REFERENCES "app_user"("id"),
  "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- When it read what is stored: what came in later it has not seen.
  "looked_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  "result" JSONB,
  "problem" TEXT,
  "adopted_version" INTEGER,
  CONSTRAINT "detection_backtest_state_check"
    CHECK ("state" IN ('waiting', 'running', 'done', 'failed', 'adopted', 'discarded')),
  CONSTRAINT "detection_backtest_result_check" CHECK ("state" NOT IN ('done', 'adopted') OR "result" IS NOT NULL)
);
-- One at a time: it takes a core and as much memory as a run.
CREATE UNIQUE INDEX "detection_backtest_one_live" ON "detection_backtest" ((true)) WHERE "state" IN ('waiting', 'running');
