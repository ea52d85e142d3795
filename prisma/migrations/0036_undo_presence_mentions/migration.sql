-- Where a cluster stood before a decision, so that its author can take it back for a while; who looks at a cluster now;
-- and whom a comment names.
ALTER TABLE "decision" ADD COLUMN "before" JSONB;
ALTER TABLE "decision" ADD COLUMN "undone_at" TIMESTAMPTZ(3);

CREATE TABLE "cluster_presence" (
  "cluster_id" INTEGER NOT NULL REFERENCES "cluster"("id"),
  "user_id" INTEGER NOT NULL REFERENCES "app_user"("id"),
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("cluster_id", "user_id")
);
CREATE INDEX "cluster_presence_user_id_idx" ON "cluster_presence" ("user_id");

CREATE TABLE "comment_mention" (
  "comment_id" INTEGER NOT NULL REFERENCES "comment"("id"),
  "user_id" INTEGER NOT NULL REFERENCES "app_user"("id"),
  PRIMARY KEY ("comment_id", "user_id")
);
CREATE INDEX "comment_mention_user_id_idx" ON "comment_mention" ("user_id");
