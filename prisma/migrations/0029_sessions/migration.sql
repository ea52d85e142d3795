-- A cookie names a session; what the session is worth stands here and is asked at every request.

CREATE TYPE "session_end" AS ENUM ('signed_out', 'signed_out_everywhere', 'ended_by_admin', 'user_disabled', 'password_changed');

CREATE TABLE "user_session" (
    "id" UUID NOT NULL,
    "user_id" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "proved_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_cause" "session_end",
    "refused_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_session_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "user_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "user_session_ended_together" CHECK (("ended_at" IS NULL) = ("end_cause" IS NULL))
);
CREATE INDEX "user_session_user_id_idx" ON "user_session"("user_id");

-- Its place is taken by the sessions themselves.
ALTER TABLE "app_user" DROP COLUMN "session_version";
