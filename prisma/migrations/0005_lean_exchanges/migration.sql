-- Exchanges keep what is read of them: what they show is in account_indicator. Widest columns first, so that no byte
-- is lost to alignment. The parent has no index: each day gets its own once it is loaded (lib/ingest/partitions.ts).
ALTER TABLE "exchange" RENAME TO "exchange_before";
CREATE TABLE "exchange" (
  "occurred_at" TIMESTAMPTZ(3) NOT NULL,
  "identity" BIGINT NOT NULL,
  "account_key" INTEGER NOT NULL,
  "input_tokens" INTEGER NOT NULL,
  "output_tokens" INTEGER NOT NULL,
  "model_id" INTEGER NOT NULL,
  "class" SMALLINT NOT NULL
) PARTITION BY RANGE ("occurred_at");

DO $$
DECLARE part record;
BEGIN
  FOR part IN
    SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'exchange_before'::regclass
  LOOP
    EXECUTE format('ALTER TABLE %I RENAME TO %I', part.name, 'before_' || part.name);
    EXECUTE format('CREATE TABLE %I PARTITION OF exchange %s', part.name, part.bound);
    EXECUTE format(
      'INSERT INTO %I (occurred_at, identity, account_key, input_tokens, output_tokens, model_id, class)
       SELECT occurred_at, identity, account_key, input_tokens, output_tokens, model_id, class FROM %I',
      part.name, 'before_' || part.name);
    EXECUTE format('DROP TABLE %I', 'before_' || part.name);
    EXECUTE format('CREATE INDEX %I ON %I (account_key, identity)', part.name || '_account_key_identity_idx', part.name);
  END LOOP;
END $$;
DROP TABLE "exchange_before";

-- One row a batch that was written: a writer that remembers what is stored learns from it what others stored since.
CREATE TABLE "exchange_turn" (
  "turn" BIGINT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "exchanges" BYTEA,
  "texts" BYTEA,
  "forgets" BOOLEAN NOT NULL DEFAULT false,
  CONSTRAINT "exchange_turn_pkey" PRIMARY KEY ("turn")
);

-- What large batches add to an account's totals; folded into the account when the load is over, some thousand at a time.
CREATE TABLE "account_seen" (
  "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
  "account_key" INTEGER NOT NULL,
  "exchanges" INTEGER NOT NULL
);

-- Nearly every small batch touches an account's totals: with room on its page the new version needs no index entries.
ALTER TABLE "account" SET (fillfactor = 75);
