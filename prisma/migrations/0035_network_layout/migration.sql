-- Where a cluster's network was drawn, so that it is drawn there again.
CREATE TABLE "network_layout" (
  "cluster_id" INTEGER NOT NULL,
  "places" JSONB NOT NULL,
  CONSTRAINT "network_layout_pkey" PRIMARY KEY ("cluster_id")
);

ALTER TABLE "network_layout" ADD CONSTRAINT "network_layout_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
