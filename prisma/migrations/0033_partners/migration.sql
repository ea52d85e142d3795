-- TAXII 2.1: what partners may read and write, and what is served to them. Only what a second person approved is served.

CREATE TABLE "taxii_collection" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "title" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  -- The most closely held marking that is served here.
  "tlp" TEXT NOT NULL DEFAULT 'amber+strict',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "taxii_collection_pkey" PRIMARY KEY ("id"),
  -- TLP:RED is for people who were named, never for whoever polls.
  CONSTRAINT "taxii_collection_tlp" CHECK ("tlp" IN ('clear', 'green', 'amber', 'amber+strict'))
);
CREATE UNIQUE INDEX "taxii_collection_one_title" ON "taxii_collection"(lower("title"));

CREATE TABLE "taxii_grant" (
  "collection_id" UUID NOT NULL,
  "key_id" INTEGER NOT NULL,
  "may_read" BOOLEAN NOT NULL,
  "may_write" BOOLEAN NOT NULL,
  CONSTRAINT "taxii_grant_pkey" PRIMARY KEY ("collection_id", "key_id"),
  CONSTRAINT "taxii_grant_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "taxii_collection"("id"),
  CONSTRAINT "taxii_grant_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id"),
  CONSTRAINT "taxii_grant_something" CHECK ("may_read" OR "may_write")
);
CREATE INDEX "taxii_grant_key_id_idx" ON "taxii_grant"("key_id");

-- One row a version. Times of adding differ by a microsecond at least, so that a page ends between two of them.
CREATE TABLE "taxii_object" (
  "collection_id" UUID NOT NULL,
  "id" TEXT NOT NULL,
  "version" TIMESTAMPTZ(3) NOT NULL,
  "type" TEXT NOT NULL,
  "date_added" TIMESTAMPTZ(6) NOT NULL,
  "object" TEXT NOT NULL,
  "share_id" INTEGER NOT NULL,
  CONSTRAINT "taxii_object_pkey" PRIMARY KEY ("collection_id", "id", "version"),
  CONSTRAINT "taxii_object_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "taxii_collection"("id"),
  CONSTRAINT "taxii_object_share_id_fkey" FOREIGN KEY ("share_id") REFERENCES "share"("id")
);
CREATE UNIQUE INDEX "taxii_object_collection_id_date_added_key" ON "taxii_object"("collection_id", "date_added");
CREATE INDEX "taxii_object_share_id_idx" ON "taxii_object"("share_id");

-- What became of what a key wrote; its own to ask for.
CREATE TABLE "taxii_status" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "key_id" INTEGER NOT NULL,
  "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "answer" JSONB NOT NULL,
  CONSTRAINT "taxii_status_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "taxii_status_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id")
);

ALTER TABLE "share" ADD COLUMN "collection_id" UUID;
ALTER TABLE "share" ADD CONSTRAINT "share_collection_id_fkey" FOREIGN KEY ("collection_id") REFERENCES "taxii_collection"("id");

-- Whoever tells us something. What they tell is kept apart from what we saw.
CREATE TABLE "partner" (
  "id" SERIAL NOT NULL,
  "name" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "partner_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "partner_one_name" ON "partner"(lower("name"));

-- The inbox: everything that came in or was refused.
CREATE TABLE "intel_import" (
  "id" SERIAL NOT NULL,
  "partner_id" INTEGER NOT NULL,
  "via" TEXT NOT NULL,
  "label" TEXT NOT NULL,
  "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "problem" TEXT,
  "objects" INTEGER NOT NULL DEFAULT 0,
  "indicators" INTEGER NOT NULL DEFAULT 0,
  "fresh" INTEGER NOT NULL DEFAULT 0,
  "held" INTEGER NOT NULL DEFAULT 0,
  "skipped" JSONB NOT NULL DEFAULT '[]',
  CONSTRAINT "intel_import_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "intel_import_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id"),
  CONSTRAINT "intel_import_via" CHECK ("via" IN ('file', 'cli', 'push', 'poll'))
);
CREATE INDEX "intel_import_received_at_idx" ON "intel_import"("received_at");

-- One row a value that a partner's indicator names. "indicator_id" is what our own store would give the value; a value
-- that only a provider knows is there as its keyed hash alone.
CREATE TABLE "partner_indicator" (
  "partner_id" INTEGER NOT NULL,
  "stix_id" TEXT NOT NULL,
  "ordinal" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "hashed" BOOLEAN NOT NULL,
  "indicator_id" BIGINT NOT NULL,
  "tlp" TEXT NOT NULL,
  "confidence" INTEGER NOT NULL,
  "valid_from" TIMESTAMPTZ(3) NOT NULL,
  "valid_until" TIMESTAMPTZ(3) NOT NULL,
  "modified" TIMESTAMPTZ(3) NOT NULL,
  "revoked" BOOLEAN NOT NULL,
  -- Why it matches nothing until a person has looked; null when it counts.
  "held" TEXT,
  "import_id" INTEGER NOT NULL,
  CONSTRAINT "partner_indicator_pkey" PRIMARY KEY ("partner_id", "stix_id", "ordinal"),
  CONSTRAINT "partner_indicator_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id"),
  CONSTRAINT "partner_indicator_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "intel_import"("id")
);
CREATE INDEX "partner_indicator_indicator_id_idx" ON "partner_indicator"("indicator_id");
CREATE INDEX "partner_indicator_held_idx" ON "partner_indicator"("held") WHERE "held" IS NOT NULL;

-- What a person decided about a value, whoever names it: that it counts although it was held, or that it is disputed.
CREATE TABLE "partner_verdict" (
  "indicator_id" BIGINT NOT NULL,
  "kind" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "counts" BOOLEAN NOT NULL,
  "reason" TEXT NOT NULL,
  "decided_by_id" INTEGER NOT NULL,
  "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "partner_verdict_pkey" PRIMARY KEY ("indicator_id"),
  CONSTRAINT "partner_verdict_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "app_user"("id")
);

-- What of our own store partners name. Made anew by each comparison.
CREATE TABLE "partner_match" (
  "partner_id" INTEGER NOT NULL,
  "stix_id" TEXT NOT NULL,
  "ordinal" INTEGER NOT NULL,
  "indicator_id" BIGINT NOT NULL,
  "accounts" INTEGER NOT NULL,
  "in_clusters" INTEGER NOT NULL,
  "held" TEXT,
  CONSTRAINT "partner_match_pkey" PRIMARY KEY ("partner_id", "stix_id", "ordinal", "indicator_id"),
  CONSTRAINT "partner_match_partner_id_stix_id_ordinal_fkey" FOREIGN KEY ("partner_id", "stix_id", "ordinal")
    REFERENCES "partner_indicator"("partner_id", "stix_id", "ordinal") ON DELETE CASCADE
);
CREATE INDEX "partner_match_indicator_id_idx" ON "partner_match"("indicator_id");

-- Collections of partners that the worker polls.
CREATE TABLE "intel_feed" (
  "id" SERIAL NOT NULL,
  "partner" TEXT NOT NULL,
  "url" TEXT NOT NULL,
  "sign_in" TEXT NOT NULL,
  "user_name" TEXT NOT NULL DEFAULT '',
  "minutes" INTEGER NOT NULL,
  "added_after" TEXT,
  "next_poll_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "polled_at" TIMESTAMPTZ(3),
  "failures" INTEGER NOT NULL DEFAULT 0,
  "problem" TEXT,
  "ended_at" TIMESTAMPTZ(3),
  CONSTRAINT "intel_feed_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "intel_feed_sign_in" CHECK ("sign_in" IN ('none', 'basic', 'bearer')),
  CONSTRAINT "intel_feed_minutes" CHECK ("minutes" BETWEEN 5 AND 10080)
);
CREATE UNIQUE INDEX "intel_feed_one_url" ON "intel_feed"("url") WHERE "ended_at" IS NULL;

-- Where it goes is frozen as well.
CREATE OR REPLACE FUNCTION "share_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a share is never deleted'; END IF;
  IF (NEW."campaign_id", NEW."collection_id", NEW."tlp", NEW."hashed", NEW."bundle", NEW."sha256", NEW."objects", NEW."proposed_by_id", NEW."proposed_at")
       IS DISTINCT FROM
     (OLD."campaign_id", OLD."collection_id", OLD."tlp", OLD."hashed", OLD."bundle", OLD."sha256", OLD."objects", OLD."proposed_by_id", OLD."proposed_at")
    OR (OLD."decided_by_id" IS NOT NULL AND (NEW."decided_by_id", NEW."decided_at") IS DISTINCT FROM (OLD."decided_by_id", OLD."decided_at"))
    OR (NEW."status" <> OLD."status" AND NOT (OLD."status" = 'waiting' OR (OLD."status" = 'approved' AND NEW."status" = 'ended')))
  THEN RAISE EXCEPTION 'what was frozen or decided of a share stays'; END IF;
  RETURN NEW;
END $$;
