-- Failed sign-ins are counted by pairs of e-mail and address, so that nobody can lock somebody else out; one-time
-- passwords have to be changed; a second factor can be set up.

-- Not worth a place in the write-ahead log: a crash that empties it gives back a few tries.
CREATE UNLOGGED TABLE "sign_in_counter" (
    "key" TEXT NOT NULL,
    "free" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_counter_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "sign_in_counter_last_at_idx" ON "sign_in_counter"("last_at");

ALTER TABLE "app_user"
    DROP COLUMN "failed_sign_ins",
    DROP COLUMN "locked_until",
    ADD COLUMN "password_is_one_time" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "code_secret" BYTEA,
    ADD COLUMN "code_confirmed_at" TIMESTAMPTZ(3),
    ADD COLUMN "code_step" BIGINT,
    ADD COLUMN "recovery_hashes" TEXT[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT "app_user_code_whole" CHECK ("code_confirmed_at" IS NULL OR "code_secret" IS NOT NULL);
