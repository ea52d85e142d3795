-- What somebody is told of: gathered from the audit log in its order, each entry once.
CREATE TABLE "notification" (
  "id" BIGSERIAL PRIMARY KEY,
  "user_id" INTEGER NOT NULL REFERENCES "app_user"("id"),
  "kind" TEXT NOT NULL,
  "leaf_index" BIGINT NOT NULL,
  "actor_name" TEXT NOT NULL,
  "object_type" TEXT NOT NULL,
  "object_id" TEXT NOT NULL,
  "label" TEXT,
  "note" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "read_at" TIMESTAMPTZ(3),
  CONSTRAINT "notification_kind_check" CHECK ("kind" IN ('mention', 'assigned', 'approval', 'regrowth', 'stopped'))
);
CREATE UNIQUE INDEX "notification_user_id_leaf_index_key" ON "notification" ("user_id", "leaf_index");
CREATE INDEX "notification_user_id_id_idx" ON "notification" ("user_id", "id");

-- Of what somebody does not want to be told.
CREATE TABLE "notification_off" (
  "user_id" INTEGER NOT NULL REFERENCES "app_user"("id"),
  "kind" TEXT NOT NULL,
  PRIMARY KEY ("user_id", "kind")
);

-- How far the log has been looked through: one row, made by the first look.
CREATE TABLE "notification_cursor" (
  "only" BOOLEAN PRIMARY KEY DEFAULT true CHECK ("only"),
  "next_index" BIGINT NOT NULL
);
