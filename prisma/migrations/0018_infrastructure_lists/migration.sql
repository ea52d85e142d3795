-- Lists of infrastructure that strangers are known to share. What an entry in force names links nobody.
CREATE TABLE "infrastructure_list" (
  "id" SERIAL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "lines" INTEGER NOT NULL,
  "repeated" INTEGER NOT NULL,
  "bad_lines" INTEGER NOT NULL,
  "bad" JSONB NOT NULL,
  "imported_by_id" INTEGER REFERENCES "app_user"("id"),
  "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "ended_reason" TEXT,
  -- The last time that what counts of it was changed by somebody: detection looks again.
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
-- Of one name one list counts; the next import under it takes its place.
CREATE UNIQUE INDEX "infrastructure_list_live_name" ON "infrastructure_list" ("name") WHERE "ended_at" IS NULL;

CREATE TABLE "infrastructure_entry" (
  "list_id" INTEGER NOT NULL REFERENCES "infrastructure_list"("id"),
  "line" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "held" TEXT,
  PRIMARY KEY ("list_id", "line"),
  CONSTRAINT "infrastructure_entry_held_check" CHECK ("held" IN ('wide', 'overlap', 'identity'))
);
