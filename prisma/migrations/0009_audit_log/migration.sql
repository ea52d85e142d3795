-- The audit as a log that can be proved: leaves of a Merkle tree, its nodes, signed checkpoints; and what may be
-- erased without breaking a proof.

-- Which transaction wrote an entry: the log takes entries in this order once every older transaction is over.
-- Entries from before the log come first.
ALTER TABLE "audit_entry" ADD COLUMN "xid" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "audit_entry" ALTER COLUMN "xid" SET DEFAULT ((pg_current_xact_id())::text)::bigint;
CREATE INDEX "audit_entry_xid_id_idx" ON "audit_entry"("xid", "id");
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_names_actor"
  CHECK ("actor" ~ '^[a-z]+:.' AND btrim("actor_name") <> '') NOT VALID;

CREATE TABLE "audit_log" (
  "only" BOOLEAN NOT NULL DEFAULT true,
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  CONSTRAINT "audit_log_pkey" PRIMARY KEY ("only"),
  CONSTRAINT "audit_log_only_one" CHECK ("only")
);

CREATE TABLE "audit_leaf" (
  "index" BIGINT NOT NULL,
  "entry_id" BIGINT NOT NULL,
  "hash" BYTEA NOT NULL,
  "sequenced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "audit_leaf_pkey" PRIMARY KEY ("index"),
  CONSTRAINT "audit_leaf_hash_check" CHECK ("index" >= 0 AND octet_length("hash") = 32)
);
CREATE UNIQUE INDEX "audit_leaf_entry_id_key" ON "audit_leaf"("entry_id");

-- Roots of complete subtrees of 256^level leaves.
CREATE TABLE "audit_node" (
  "level" SMALLINT NOT NULL,
  "index" BIGINT NOT NULL,
  "hash" BYTEA NOT NULL,
  CONSTRAINT "audit_node_pkey" PRIMARY KEY ("level", "index"),
  CONSTRAINT "audit_node_hash_check" CHECK ("level" BETWEEN 1 AND 7 AND octet_length("hash") = 32)
);

-- What hides an entry's personal values in its leaf. The seed goes when one of them is erased; the salts of the
-- others and the commitments of the erased ones then stand for themselves.
CREATE TABLE "audit_salt" (
  "entry_id" BIGINT NOT NULL,
  "seed" BYTEA,
  "salts" JSONB,
  "erased" JSONB,
  CONSTRAINT "audit_salt_pkey" PRIMARY KEY ("entry_id"),
  CONSTRAINT "audit_salt_check" CHECK (
    CASE WHEN "seed" IS NULL THEN "salts" IS NOT NULL AND "erased" IS NOT NULL
    ELSE octet_length("seed") = 32 AND "salts" IS NULL AND "erased" IS NULL END)
);
CREATE INDEX "audit_salt_erased_idx" ON "audit_salt"("entry_id") WHERE "seed" IS NULL;

CREATE TABLE "audit_checkpoint" (
  "size" BIGINT NOT NULL,
  "root" BYTEA NOT NULL,
  "signed_at" TIMESTAMPTZ(3) NOT NULL,
  "note" TEXT NOT NULL,
  -- Where it was pushed before it was written here.
  "pushed_to" TEXT NOT NULL,
  CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("size")
);

-- How the sequencer's latest look at the log ended. Told for convenience, proves nothing.
CREATE TABLE "sequencer_state" (
  "only" BOOLEAN NOT NULL DEFAULT true,
  "state" TEXT NOT NULL,
  "words" TEXT NOT NULL,
  "checked_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "sequencer_state_pkey" PRIMARY KEY ("only"),
  CONSTRAINT "sequencer_state_only_one" CHECK ("only")
);

-- True when nothing differs but texts that became "[erased]".
CREATE FUNCTION "audit_only_erased"("was" JSONB, "now" JSONB) RETURNS BOOLEAN LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF "was" = "now" THEN RETURN true; END IF;
  IF "now" = '"[erased]"' THEN RETURN jsonb_typeof("was") = 'string'; END IF;
  IF jsonb_typeof("was") = 'object' AND jsonb_typeof("now") = 'object' THEN
    RETURN NOT EXISTS (
      SELECT FROM jsonb_each("was") w FULL JOIN jsonb_each("now") n USING (key)
      WHERE w.value IS NULL OR n.value IS NULL OR NOT "audit_only_erased"(w.value, n.value));
  END IF;
  IF jsonb_typeof("was") = 'array' AND jsonb_typeof("now") = 'array' THEN
    RETURN NOT EXISTS (
      SELECT FROM jsonb_array_elements("was") WITH ORDINALITY w(value, n)
      FULL JOIN jsonb_array_elements("now") WITH ORDINALITY n(value, n) USING (n)
      WHERE w.value IS NULL OR n.value IS NULL OR NOT "audit_only_erased"(w.value, n.value));
  END IF;
  RETURN false;
END $$;

-- An entry is never changed, but its personal values may be erased.
CREATE OR REPLACE FUNCTION "audit_entry_only_grows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW IS DISTINCT FROM OLD
     AND (NEW."id", NEW."at", NEW."actor", NEW."verb", NEW."object_type", NEW."outcome", NEW."xid")
       IS NOT DISTINCT FROM (OLD."id", OLD."at", OLD."actor", OLD."verb", OLD."object_type", OLD."outcome", OLD."xid")
     AND "audit_only_erased"(to_jsonb(OLD), to_jsonb(NEW)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit entries are never changed or removed (% refused)', TG_OP;
END $$;

CREATE FUNCTION "audit_salt_only_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."entry_id" = OLD."entry_id" AND NEW."seed" IS NULL
     AND NEW."salts" <@ coalesce(OLD."salts", NEW."salts") AND NEW."erased" @> coalesce(OLD."erased", '{}') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'salts of the audit are only ever erased (% refused)', TG_OP;
END $$;
CREATE TRIGGER "audit_salt_only_erased" BEFORE UPDATE OR DELETE ON "audit_salt"
  FOR EACH ROW EXECUTE FUNCTION "audit_salt_only_erased"();
CREATE TRIGGER "audit_salt_not_truncated" BEFORE TRUNCATE ON "audit_salt"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_salt_only_erased"();
ALTER TABLE "audit_salt" ENABLE ALWAYS TRIGGER "audit_salt_only_erased";
ALTER TABLE "audit_salt" ENABLE ALWAYS TRIGGER "audit_salt_not_truncated";

CREATE FUNCTION "audit_log_only_grows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log only grows (% on % refused)', TG_OP, TG_TABLE_NAME;
END $$;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_log', 'audit_leaf', 'audit_node', 'audit_checkpoint'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW
      EXECUTE FUNCTION "audit_log_only_grows"()', name || '_only_grows', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT
      EXECUTE FUNCTION "audit_log_only_grows"()', name || '_not_truncated', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_only_grows');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_not_truncated');
  END LOOP;
END $$;

-- The one way in which the app, who may only insert and select, erases personal values; the triggers above hold it
-- to that.
CREATE FUNCTION "audit_erase"("entry" JSONB, "kept" JSONB, "gone" JSONB) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE "audit_entry" e SET "object_id" = n."object_id", "object_label" = n."object_label",
    "actor_name" = n."actor_name", "reason" = n."reason",
    "before" = n."before", "after" = n."after", "detail" = n."detail"
  FROM jsonb_to_record("entry") AS n("id" bigint, "object_id" text, "object_label" text, "actor_name" text,
    "reason" text, "before" jsonb, "after" jsonb, "detail" jsonb)
  WHERE e."id" = n."id";
  UPDATE "audit_salt" SET "seed" = NULL, "salts" = "kept", "erased" = "gone"
  WHERE "entry_id" = ("entry" ->> 'id')::bigint;
$$;
REVOKE ALL ON FUNCTION "audit_erase"(JSONB, JSONB, JSONB) FROM PUBLIC;
