-- Of each confirmed cluster a random sample of accounts is judged again, one by one, by somebody who did not confirm it.

CREATE TYPE "review_verdict" AS ENUM ('belongs', 'does_not', 'cannot_tell');

CREATE TABLE "review" (
    "id" SERIAL NOT NULL,
    "cluster_id" INTEGER NOT NULL,
    "decision_id" INTEGER NOT NULL,
    "confirmed_by_id" INTEGER NOT NULL,
    "population" INTEGER NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reviewer_id" INTEGER,
    "taken_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "review_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "review_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "review_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "review_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "review_by_another" CHECK ("reviewer_id" <> "confirmed_by_id"),
    CONSTRAINT "review_taken_together" CHECK (("reviewer_id" IS NULL) = ("taken_at" IS NULL)),
    CONSTRAINT "review_finished_by_somebody" CHECK ("finished_at" IS NULL OR "reviewer_id" IS NOT NULL)
);
CREATE UNIQUE INDEX "review_decision_id_key" ON "review"("decision_id");
CREATE INDEX "review_cluster_id_idx" ON "review"("cluster_id");

CREATE TABLE "review_item" (
    "review_id" INTEGER NOT NULL,
    "ordinal" SMALLINT NOT NULL,
    "account_key" INTEGER NOT NULL,
    "inside" BOOLEAN NOT NULL,
    "verdict" "review_verdict",
    "reason_code" TEXT,
    "note" TEXT,
    "judged_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_item_pkey" PRIMARY KEY ("review_id", "ordinal"),
    CONSTRAINT "review_item_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "review_item_account_key_fkey" FOREIGN KEY ("account_key") REFERENCES "account"("key") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "review_item_judged_together" CHECK (("verdict" IS NULL) = ("judged_at" IS NULL) AND ("verdict" IS NULL) = ("reason_code" IS NULL))
);
CREATE UNIQUE INDEX "review_item_review_id_account_key_key" ON "review_item"("review_id", "account_key");
CREATE INDEX "review_item_account_key_idx" ON "review_item"("account_key");
