-- How far each place outside has been sent the log.

CREATE TABLE "stream_cursor" (
  -- "webhook:" or "file:" and a hash of where it leads.
  "destination" TEXT NOT NULL,
  -- The first entry of the log that it has not taken.
  "next_index" BIGINT NOT NULL DEFAULT 0,
  "delivered_at" TIMESTAMPTZ(3),
  -- Failures since the last delivery, when to try again, and why.
  "failures" INTEGER NOT NULL DEFAULT 0,
  "next_attempt_at" TIMESTAMPTZ(3),
  "problem" TEXT,
  CONSTRAINT "stream_cursor_pkey" PRIMARY KEY ("destination"),
  CONSTRAINT "stream_cursor_check" CHECK ("next_index" >= 0 AND "failures" >= 0)
);
