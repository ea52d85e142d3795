-- A ban is not the end: what a banned cluster could be known by again is frozen, and young accounts that match it are
-- kept with the time they took to come back.

ALTER TYPE "lineage_event" ADD VALUE 'regrew';

CREATE TABLE "cluster_ban" (
    "id" SERIAL NOT NULL,
    "cluster_id" INTEGER NOT NULL,
    "run_id" INTEGER NOT NULL,
    "banned_at" TIMESTAMPTZ(3) NOT NULL,
    "accounts" INTEGER NOT NULL,
    "exchanges_per_day" DOUBLE PRECISION NOT NULL,
    "regrown" INTEGER NOT NULL DEFAULT 0,
    "regrown_per_day" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "first_match_at" TIMESTAMPTZ(3),
    "reopened_at" TIMESTAMPTZ(3),

    CONSTRAINT "cluster_ban_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "cluster_ban_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "cluster_ban_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "detection_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "cluster_ban_cluster_id_idx" ON "cluster_ban"("cluster_id");

CREATE TABLE "cluster_fingerprint" (
    "cluster_id" INTEGER NOT NULL,
    "indicator_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "members" INTEGER NOT NULL,
    "population" INTEGER NOT NULL,

    CONSTRAINT "cluster_fingerprint_pkey" PRIMARY KEY ("cluster_id", "indicator_id"),
    CONSTRAINT "cluster_fingerprint_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "cluster_regrowth" (
    "account_key" INTEGER NOT NULL,
    "cluster_id" INTEGER NOT NULL,
    "ban_id" INTEGER NOT NULL,
    "kinds" TEXT[],
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_regrowth_pkey" PRIMARY KEY ("account_key", "cluster_id"),
    CONSTRAINT "cluster_regrowth_account_key_fkey" FOREIGN KEY ("account_key") REFERENCES "account"("key") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "cluster_regrowth_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "cluster_regrowth_ban_id_fkey" FOREIGN KEY ("ban_id") REFERENCES "cluster_ban"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "cluster_regrowth_cluster_id_seen_at_idx" ON "cluster_regrowth"("cluster_id", "seen_at");
CREATE INDEX "cluster_regrowth_ban_id_idx" ON "cluster_regrowth"("ban_id");
