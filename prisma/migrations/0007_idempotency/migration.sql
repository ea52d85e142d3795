-- Answers to requests that carried an Idempotency-Key, for as long as such a request may be repeated.

CREATE TABLE "idempotency_key" (
  "key_id" INTEGER NOT NULL,
  "key" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "status" SMALLINT NOT NULL,
  "answer" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("key_id", "key"),
  CONSTRAINT "idempotency_key_key_check" CHECK (length("key") BETWEEN 1 AND 255),
  CONSTRAINT "idempotency_key_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "idempotency_key_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE
);
CREATE INDEX "idempotency_key_expires_at_idx" ON "idempotency_key"("expires_at");
