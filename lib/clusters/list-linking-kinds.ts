import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { detectionKind } from '@/lib/detection/kinds';
import { weighable } from './detection-settings-schema';
import { listKinds } from './list-kinds';

/** The kinds in the data by which accounts can be linked, the weightiest first. @throws AppError forbidden */
export async function listLinkingKinds(actor: Actor): Promise<string[]> {
  requireRight(actor, 'desk.read');
  const [kinds, rhythm] = await Promise.all([
    listKinds(),
    database().$queryRaw<object[]>`SELECT 1 FROM account_bins LIMIT 1`,
  ]);
  const weight = (kind: string) => detectionKind(kind).lambda;
  return [...new Set([...kinds, ...(rhythm.length > 0 ? ['time_bins'] : [])])]
    .filter(weighable)
    .sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
}
