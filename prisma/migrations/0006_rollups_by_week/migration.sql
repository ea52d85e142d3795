-- Rollups by week (from Monday, UTC): a week's indexes stay small enough for memory however much is stored, and a week
-- that a bulk load makes gets them when it is loaded. The parents have none; lib/ingest/partitions.ts makes them.
ALTER TABLE "account_indicator" RENAME TO "account_indicator_before";
ALTER TABLE "account_hour" RENAME TO "account_hour_before";
ALTER TABLE "account_bins" RENAME TO "account_bins_before";

CREATE TABLE "account_indicator" (
  "indicator_id" BIGINT NOT NULL,
  "account_key" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "count" INTEGER NOT NULL
) PARTITION BY RANGE ("day");
CREATE TABLE "account_hour" (
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "input_tokens" BIGINT NOT NULL,
  "output_tokens" BIGINT NOT NULL,
  "account_key" INTEGER NOT NULL,
  "exchanges" INTEGER NOT NULL,
  "model_id" INTEGER NOT NULL,
  "class" SMALLINT NOT NULL
) PARTITION BY RANGE ("hour");
CREATE TABLE "account_bins" (
  "account_key" INTEGER NOT NULL,
  "day" DATE NOT NULL,
  "bins" BIT(96) NOT NULL
) PARTITION BY RANGE ("day");

DO $$
DECLARE week date;
BEGIN
  FOR week IN
    SELECT DISTINCT date_trunc('week', day)::date FROM account_indicator_before
    UNION SELECT date_trunc('week', day)::date FROM account_bins_before
    UNION SELECT date_trunc('week', hour AT TIME ZONE 'UTC')::date FROM account_hour_before
  LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF account_indicator FOR VALUES FROM (%L) TO (%L)',
      'account_indicator_' || to_char(week, 'YYYYMMDD'), week, week + 7);
    EXECUTE format('CREATE TABLE %I PARTITION OF account_hour FOR VALUES FROM (%L) TO (%L)',
      'account_hour_' || to_char(week, 'YYYYMMDD'), week || 'T00:00:00Z', (week + 7) || 'T00:00:00Z');
    EXECUTE format('CREATE TABLE %I PARTITION OF account_bins FOR VALUES FROM (%L) TO (%L)',
      'account_bins_' || to_char(week, 'YYYYMMDD'), week, week + 7);
  END LOOP;
END $$;

INSERT INTO "account_indicator" ("indicator_id", "account_key", "day", "count")
SELECT "indicator_id", "account_key", "day", "count" FROM "account_indicator_before";
INSERT INTO "account_hour" ("hour", "input_tokens", "output_tokens", "account_key", "exchanges", "model_id", "class")
SELECT "hour", "input_tokens", "output_tokens", "account_key", "exchanges", "model_id", "class" FROM "account_hour_before";
INSERT INTO "account_bins" ("account_key", "day", "bins") SELECT "account_key", "day", "bins" FROM "account_bins_before";
DROP TABLE "account_indicator_before";
DROP TABLE "account_hour_before";
DROP TABLE "account_bins_before";

DO $$
DECLARE part text;
BEGIN
  FOR part IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'account_indicator'::regclass LOOP
    EXECUTE format('CREATE INDEX %I ON %I (account_key)', part || '_account_key_idx', part);
    EXECUTE format('CREATE INDEX %I ON %I (indicator_id)', part || '_indicator_id_idx', part);
  END LOOP;
  FOR part IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'account_hour'::regclass LOOP
    EXECUTE format('CREATE INDEX %I ON %I (account_key, hour)', part || '_account_key_hour_idx', part);
  END LOOP;
  FOR part IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'account_bins'::regclass LOOP
    EXECUTE format('CREATE INDEX %I ON %I (account_key)', part || '_account_key_idx', part);
  END LOOP;
END $$;
