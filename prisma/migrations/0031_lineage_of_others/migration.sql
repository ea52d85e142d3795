-- A cluster's page also tells where its accounts went: what is written of others and names it.

CREATE INDEX "cluster_lineage_other_cluster_id_idx" ON "cluster_lineage"("other_cluster_id");
