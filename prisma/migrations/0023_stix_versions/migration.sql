-- In which version each STIX object last left the house: the same thing keeps its id, and what changed leaves as a new
-- version of it.
CREATE TABLE "stix_version" (
  "id" TEXT NOT NULL,
  "created" TIMESTAMPTZ(3) NOT NULL,
  "modified" TIMESTAMPTZ(3) NOT NULL,
  "sha256" TEXT NOT NULL,
  CONSTRAINT "stix_version_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "stix_version_in_order" CHECK ("modified" >= "created")
);

-- The namespace of this deployment's own ids, made once: under it the same campaign has the same id for good.
CREATE TABLE "stix_namespace" (
  "only" BOOLEAN NOT NULL DEFAULT true,
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  CONSTRAINT "stix_namespace_pkey" PRIMARY KEY ("only"),
  CONSTRAINT "stix_namespace_one" CHECK ("only")
);
