import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { ImportRow } from '../partner-schema';

const SHOWN = 100;

/** The inbox, newest first. @throws AppError forbidden */
export async function listImports(actor: Actor): Promise<ImportRow[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().intelImport.findMany({
    orderBy: { id: 'desc' },
    take: SHOWN,
    include: { partner: { select: { name: true } } },
  });
  return rows.map(({ partnerId: _, partner, via, receivedAt, skipped, ...row }) => ({
    ...row,
    partner: partner.name,
    via: via as ImportRow['via'],
    receivedAt: receivedAt.toISOString(),
    skipped: skipped as unknown as ImportRow['skipped'],
  }));
}
