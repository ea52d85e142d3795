-- Whom an identity provider vouches for, by issuer and subject; such a user has no password here.
ALTER TABLE "app_user" ALTER COLUMN "password_hash" DROP NOT NULL;
ALTER TYPE "session_end" ADD VALUE 'role_lost';
CREATE TABLE "user_identity" (
  "issuer" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "user_id" INTEGER NOT NULL REFERENCES "app_user"("id"),
  "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("issuer", "subject")
);
CREATE INDEX "user_identity_user_id_idx" ON "user_identity" ("user_id");
