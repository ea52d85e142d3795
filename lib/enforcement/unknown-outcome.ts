/** What nobody knows the outcome of: a call may have reached the provider, and its answer never reached us. */
import { Prisma } from '@/lib/database/generated/client';

/** How the outcome of an item begins whose only call was never answered. */
export const UNKNOWN = 'outcome unknown at the provider';
export const MAY_HAVE_ACTED = 'an earlier call may have taken effect';

/** SQL: item `i` of proposal `p` (or other names) may have been acted on. Whoever needed a second try has an unknown
 * first one; a first try that the provider refused has no effect. */
export function isUnsure(item = Prisma.raw('i'), proposal = Prisma.raw('p')): Prisma.Sql {
  return Prisma.sql`(NOT ${proposal}.shadow AND (${item}.state = 'dead' AND ${item}.unsure
    OR ${item}.state IN ('sent', 'retrying') AND ${proposal}.status = 'stopped'))`;
}
