-- How a database's exchange ids are hashed is settled once, as an exchange that comes again is known by that hash
-- alone: SHA-256 where exchanges were stored before batches took turns, a quicker hash everywhere else.
CREATE TABLE "exchange_ids" (
  "only" BOOLEAN NOT NULL DEFAULT true,
  "sha256" BOOLEAN NOT NULL,
  CONSTRAINT "exchange_ids_pkey" PRIMARY KEY ("only"),
  CONSTRAINT "exchange_ids_only_check" CHECK ("only")
);
INSERT INTO "exchange_ids" ("sha256")
SELECT EXISTS (SELECT FROM "exchange") AND NOT EXISTS (SELECT FROM "exchange_turn");
