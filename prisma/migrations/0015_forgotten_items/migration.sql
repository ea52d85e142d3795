-- Forgetting a person takes the id out of lists and words that are frozen otherwise, and nothing else.

-- Whether the present transaction forgets somebody.
CREATE FUNCTION "forgets_somebody"() RETURNS BOOLEAN LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT FROM "forgotten_account" f WHERE f.xmin = pg_current_xact_id()::xid)
$$;

-- The one change that a frozen list allows: a forgotten account's new name for its id, on a list that is over.
CREATE OR REPLACE FUNCTION "proposal_item_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (NEW."proposal_id", NEW."account_key", NEW."target_status", NEW."lifts", NEW."restores_proposal_id")
     IS DISTINCT FROM
     (OLD."proposal_id", OLD."account_key", OLD."target_status", OLD."lifts", OLD."restores_proposal_id") THEN
    RAISE EXCEPTION 'the list of proposal % is frozen', OLD."proposal_id";
  END IF;
  IF NEW."account_id" IS DISTINCT FROM OLD."account_id" AND NOT EXISTS (
    SELECT FROM "forgotten_account" f
    JOIN "account" a ON a."key" = f."account_key"
    JOIN "proposal" p ON p."id" = OLD."proposal_id"
    WHERE f."account_key" = OLD."account_key" AND f.xmin = pg_current_xact_id()::xid AND a."id" = NEW."account_id"
      AND p."status" NOT IN ('waiting', 'approved', 'running', 'paused')
      AND (p."status" <> 'stopped' OR p."settled_at" IS NOT NULL)
  ) THEN
    RAISE EXCEPTION 'the list of proposal % is frozen', OLD."proposal_id";
  END IF;
  RETURN NEW;
END $$;

-- Nobody who was forgotten gets onto a list again, not even one that was being made at that moment.
CREATE FUNCTION "proposal_item_not_forgotten"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM "added" i JOIN "account" a ON a."key" = i."account_key"
    WHERE a."forgotten_at" IS NOT NULL OR a."id" <> i."account_id"
  ) THEN
    RAISE EXCEPTION 'an account on the list was forgotten or is another one: make the list again';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "proposal_item_not_forgotten" AFTER INSERT ON "proposal_item"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "proposal_item_not_forgotten"();

-- An approval's words may lose a forgotten person's name; what was approved, by whom and when stays.
CREATE OR REPLACE FUNCTION "approval_final"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND "forgets_somebody"() THEN
    OLD."reason" := NEW."reason";
    IF NEW IS NOT DISTINCT FROM OLD THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'an approval is final (% refused)', TG_OP;
END $$;
