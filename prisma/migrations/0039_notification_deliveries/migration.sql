-- Notifications that leave the desk: an outbox, written with what people are told, sent by the worker. What somebody does
-- not want to hear of is now chosen for each way by itself.
ALTER TABLE "notification_off" ADD COLUMN "channel" TEXT NOT NULL DEFAULT 'desk'
  CONSTRAINT "notification_off_channel_check" CHECK ("channel" IN ('desk', 'mail'));
ALTER TABLE "notification_off" DROP CONSTRAINT "notification_off_pkey", ADD PRIMARY KEY ("user_id", "kind", "channel");

CREATE TABLE "notification_delivery" (
  "id" BIGSERIAL PRIMARY KEY,
  "channel" TEXT NOT NULL,
  "user_id" INTEGER REFERENCES "app_user"("id"),
  "kind" TEXT NOT NULL,
  "leaf_index" BIGINT NOT NULL,
  "actor_name" TEXT NOT NULL,
  "object_type" TEXT NOT NULL,
  "object_id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "sent_at" TIMESTAMPTZ(3),
  "failed_at" TIMESTAMPTZ(3),
  "problem" TEXT,
  CONSTRAINT "notification_delivery_channel_check" CHECK (
    ("channel" = 'mail' AND "user_id" IS NOT NULL) OR ("channel" = 'webhook' AND "user_id" IS NULL)
  ),
  CONSTRAINT "notification_delivery_end_check" CHECK ("sent_at" IS NULL OR "failed_at" IS NULL)
);
-- One chain of attempts for one entry of the log, person and way.
CREATE UNIQUE INDEX "notification_delivery_mail_key" ON "notification_delivery" ("user_id", "leaf_index") WHERE "user_id" IS NOT NULL;
CREATE UNIQUE INDEX "notification_delivery_webhook_key" ON "notification_delivery" ("leaf_index") WHERE "user_id" IS NULL;
CREATE INDEX "notification_delivery_due_idx" ON "notification_delivery" ("channel", "next_attempt_at")
  WHERE "sent_at" IS NULL AND "failed_at" IS NULL;
CREATE INDEX "notification_delivery_created_at_idx" ON "notification_delivery" ("created_at");
