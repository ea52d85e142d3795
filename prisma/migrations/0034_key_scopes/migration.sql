-- A key opens certain doors only, may end by itself, and can be replaced without a pause.

ALTER TABLE "api_key"
    ADD COLUMN "scopes" TEXT[] NOT NULL DEFAULT '{records}',
    ADD COLUMN "expires_at" TIMESTAMPTZ(3),
    ADD COLUMN "per_minute" INTEGER,
    ADD COLUMN "replaces_id" INTEGER,
    ADD CONSTRAINT "api_key_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "api_key_opens_something" CHECK (cardinality("scopes") > 0 AND "scopes" <@ ARRAY['records', 'taxii']),
    ADD CONSTRAINT "api_key_rate" CHECK ("per_minute" > 0);
-- Of one key at most one follows.
CREATE UNIQUE INDEX "api_key_replaces_id_key" ON "api_key"("replaces_id");
