-- What leaves for partners: frozen to the byte when it is proposed, approved by somebody else, and never overwritten.

CREATE TYPE "share_status" AS ENUM ('waiting', 'approved', 'rejected', 'withdrawn', 'ended');
CREATE TABLE "share" (
  "id" SERIAL NOT NULL,
  "campaign_id" INTEGER NOT NULL,
  "status" "share_status" NOT NULL DEFAULT 'waiting',
  "tlp" TEXT NOT NULL,
  "hashed" TEXT[] NOT NULL DEFAULT '{}',
  "bundle" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "objects" INTEGER NOT NULL,
  "left_out" JSONB NOT NULL,
  "reason" TEXT NOT NULL,
  "proposed_by_id" INTEGER NOT NULL,
  "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "decided_by_id" INTEGER,
  "decided_at" TIMESTAMPTZ(3),
  "decided_reason" TEXT,
  "ended_by_id" INTEGER,
  "ended_at" TIMESTAMPTZ(3),
  "ended_reason" TEXT,
  CONSTRAINT "share_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "share_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id"),
  CONSTRAINT "share_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "share_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "share_ended_by_id_fkey" FOREIGN KEY ("ended_by_id") REFERENCES "app_user"("id"),
  CONSTRAINT "share_tlp" CHECK ("tlp" IN ('clear', 'green', 'amber', 'amber+strict', 'red')),
  -- A second person: nobody lets out what they proposed themselves, whatever the application believes.
  CONSTRAINT "share_second_person" CHECK ("decided_by_id" <> "proposed_by_id"),
  CONSTRAINT "share_decided_whole" CHECK (
    ("status" IN ('approved', 'rejected', 'ended')) = ("decided_by_id" IS NOT NULL)
    AND ("decided_by_id" IS NULL) = ("decided_at" IS NULL) AND ("decided_by_id" IS NULL) = ("decided_reason" IS NULL)),
  CONSTRAINT "share_ended_whole" CHECK (
    ("status" IN ('withdrawn', 'ended')) = ("ended_by_id" IS NOT NULL)
    AND ("ended_by_id" IS NULL) = ("ended_at" IS NULL) AND ("ended_by_id" IS NULL) = ("ended_reason" IS NULL)),
  CONSTRAINT "share_sha256" CHECK ("sha256" = encode(sha256(convert_to("bundle", 'UTF8')), 'hex'))
);
CREATE INDEX "share_campaign_id_idx" ON "share"("campaign_id");
CREATE UNIQUE INDEX "share_one_waiting" ON "share"("campaign_id") WHERE "status" = 'waiting';

-- What was frozen stays so, and a word that was given stands.
CREATE FUNCTION "share_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a share is never deleted'; END IF;
  IF (NEW."campaign_id", NEW."tlp", NEW."hashed", NEW."bundle", NEW."sha256", NEW."objects", NEW."proposed_by_id", NEW."proposed_at")
       IS DISTINCT FROM
     (OLD."campaign_id", OLD."tlp", OLD."hashed", OLD."bundle", OLD."sha256", OLD."objects", OLD."proposed_by_id", OLD."proposed_at")
    OR (OLD."decided_by_id" IS NOT NULL AND (NEW."decided_by_id", NEW."decided_at") IS DISTINCT FROM (OLD."decided_by_id", OLD."decided_at"))
    OR (NEW."status" <> OLD."status" AND NOT (OLD."status" = 'waiting' OR (OLD."status" = 'approved' AND NEW."status" = 'ended')))
  THEN RAISE EXCEPTION 'what was frozen or decided of a share stays'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "share_frozen" BEFORE UPDATE OR DELETE ON "share" FOR EACH ROW EXECUTE FUNCTION "share_frozen"();

-- A summary that is written while a cluster comes in is no lost update: only its own texts count.
ALTER TABLE "campaign" ADD COLUMN "text_version" INTEGER NOT NULL DEFAULT 1;
