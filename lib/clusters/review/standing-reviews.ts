/** Which reviews still have something to say: the last one of a cluster whose confirmation stands. */
import { Prisma } from '@/lib/database/generated/client';

/** Of a review `r` that is not finished and can be worked on. */
export const STANDING = Prisma.sql`
  r.finished_at IS NULL AND EXISTS (SELECT FROM cluster c WHERE c.id = r.cluster_id AND c.status = 'confirmed')
  AND NOT EXISTS (SELECT FROM review newer WHERE newer.cluster_id = r.cluster_id AND newer.id > r.id)`;
