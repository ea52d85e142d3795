-- What is kept of people and for how long: exemplars that expire, days of exchanges that were dropped, people forgotten.

-- A redacted prompt, shown with its template until it expires. At most one an account and template.
CREATE TABLE "exemplar" (
  "account_key" INTEGER NOT NULL,
  "template_id" BIGINT NOT NULL,
  "class" SMALLINT NOT NULL,
  "text" TEXT NOT NULL,
  "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "exemplar_pkey" PRIMARY KEY ("account_key", "template_id"),
  CONSTRAINT "exemplar_text_check" CHECK (length("text") <= 600),
  CONSTRAINT "exemplar_expires_check" CHECK ("expires_at" > "kept_at")
);
CREATE INDEX "exemplar_template_id_idx" ON "exemplar"("template_id");
CREATE INDEX "exemplar_expires_at_idx" ON "exemplar"("expires_at");

-- Days whose raw exchanges are gone. What is older than the latest of them is not taken any more: nobody could tell
-- whether it was counted. A row is written with the drop itself, its audit entry follows.
CREATE TABLE "exchange_drop" (
  "day" DATE NOT NULL,
  "partition" TEXT NOT NULL,
  "rows" BIGINT NOT NULL,
  "dropped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "audited" BOOLEAN NOT NULL DEFAULT false,
  CONSTRAINT "exchange_drop_pkey" PRIMARY KEY ("day")
);

-- An account whose owner was forgotten stays as a number that others' counts hang on. Its old id is known by a keyed
-- hash alone, and the key lies outside the database.
ALTER TABLE "account" ADD COLUMN "forgotten_at" TIMESTAMPTZ(3);
CREATE TABLE "forgotten_account" (
  "hash" TEXT NOT NULL,
  "key_id" TEXT NOT NULL,
  "account_key" INTEGER NOT NULL,
  "forgotten_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "forgotten_account_pkey" PRIMARY KEY ("hash"),
  CONSTRAINT "forgotten_account_account_key_fkey" FOREIGN KEY ("account_key") REFERENCES "account"("key")
);
CREATE UNIQUE INDEX "forgotten_account_account_key_key" ON "forgotten_account"("account_key");

-- A frozen list from which a forgotten account's id was taken: the hash of the list before and after. The first
-- "before" is the hash that was approved, the last "after" the hash of the list as it stands.
CREATE TABLE "proposal_erasure" (
  "proposal_id" INTEGER NOT NULL,
  "ordinal" INTEGER NOT NULL,
  "account_key" INTEGER NOT NULL,
  "sha256_before" TEXT NOT NULL,
  "sha256_after" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "proposal_erasure_pkey" PRIMARY KEY ("proposal_id", "ordinal"),
  CONSTRAINT "proposal_erasure_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id")
);
