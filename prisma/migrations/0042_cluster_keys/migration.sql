-- A fourth door for keys: clusters, read by other programs.
ALTER TABLE "api_key" DROP CONSTRAINT "api_key_opens_something",
  ADD CONSTRAINT "api_key_opens_something"
    CHECK (cardinality("scopes") > 0 AND "scopes" <@ ARRAY['records', 'taxii', 'metrics', 'clusters']);
