-- A list that came from no cluster (pasted, chosen, by an indicator) stands on the clusters of its accounts: whoever
-- confirmed the one that speaks for an account had part in what was done to it.

CREATE FUNCTION "had_part_in"("person" INTEGER, "proposal" INTEGER, "account" INTEGER) RETURNS BOOLEAN
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM "proposal" p WHERE p."id" = $2 AND p."proposed_by_id" = $1)
    OR EXISTS (SELECT FROM "approval" a WHERE a."proposal_id" = $2 AND a."approver_id" = $1)
    OR EXISTS (SELECT FROM "decision" d JOIN "proposal" p ON p."cluster_id" = d."cluster_id"
      WHERE p."id" = $2 AND d."verdict" = 'confirm' AND d."author_id" = $1)
    OR EXISTS (SELECT FROM "proposal_item" i JOIN "decision" d ON d."cluster_id" = i."cluster_id"
      WHERE i."proposal_id" = $2 AND i."account_key" = $3 AND d."verdict" = 'confirm' AND d."author_id" = $1)
$$;

CREATE OR REPLACE FUNCTION "appeal_by_uninvolved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."state" <> 'open' AND
     (NEW."state", NEW."proposal_id", NEW."assignee_id", NEW."assigned_at", NEW."reason", NEW."decided_by_id", NEW."decided_at")
     IS DISTINCT FROM
     (OLD."state", OLD."proposal_id", OLD."assignee_id", OLD."assigned_at", OLD."reason", OLD."decided_by_id", OLD."decided_at") THEN
    RAISE EXCEPTION 'appeal % is decided', OLD."number";
  END IF;
  IF NEW."assignee_id" IS NULL THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW."assignee_id" IS NOT DISTINCT FROM OLD."assignee_id" AND NEW."state" = OLD."state" THEN
    RETURN NEW;
  END IF;
  NEW."proposal_id" := (SELECT x."proposal_id" FROM "appealed_act"(NEW."account_key", NEW."received_at") x);
  IF "had_part_in"(NEW."assignee_id", NEW."proposal_id", NEW."account_key") THEN
    RAISE EXCEPTION 'user % had part in the act that appeal % is against', NEW."assignee_id", NEW."number";
  END IF;
  RETURN NEW;
END $$;

DROP FUNCTION "had_part_in"(INTEGER, INTEGER);
