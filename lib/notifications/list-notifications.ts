import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { hideAddresses } from '@/lib/audit/rules';
import { requireUser } from '@/lib/clusters/require-user';
import { database } from '@/lib/database/client';
import { readMail } from './channels';
import type { NotificationKind, NotificationPage } from './schema';

const SHOWN = 100;

/** The reader's own, newest first. @throws AppError forbidden */
export async function listNotifications(actor: Actor): Promise<NotificationPage> {
  requireRight(actor, 'desk.read');
  const { id: userId, email } = requireUser(actor);
  const [rows, unread, off] = await Promise.all([
    database().notification.findMany({ where: { userId }, orderBy: { id: 'desc' }, take: SHOWN }),
    database().notification.count({ where: { userId, readAt: null } }),
    database().notificationOff.findMany({ where: { userId }, select: { kind: true, channel: true } }),
  ]);
  // People's own words may name an address.
  const words = (text: string | null) =>
    text === null || may(actor, 'desk.read_sensitive') ? text : hideAddresses(text);
  return {
    rows: rows.map((row) => ({
      id: String(row.id),
      kind: row.kind as NotificationKind,
      actorName: row.actorName,
      objectType: row.objectType,
      objectId: row.objectId,
      label: row.label,
      note: words(row.note),
      at: row.at.toISOString(),
      read: row.readAt !== null,
    })),
    unread,
    off: off as NotificationPage['off'],
    mailTo: readMail() && email,
  };
}
