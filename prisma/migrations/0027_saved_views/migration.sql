-- A filter of the queue that somebody keeps under a name; a shared one is offered to everybody.
CREATE TABLE "saved_view" (
  "id" SERIAL PRIMARY KEY,
  "owner_id" INTEGER NOT NULL REFERENCES "app_user"("id"),
  "name" TEXT NOT NULL,
  "query" TEXT NOT NULL,
  "shared" BOOLEAN NOT NULL DEFAULT false,
  "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "saved_view_name_check" CHECK (char_length("name") BETWEEN 1 AND 60)
);
CREATE UNIQUE INDEX "saved_view_owner_id_name_key" ON "saved_view" ("owner_id", "name");
