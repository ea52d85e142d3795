/** What somebody is told of. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';

export const NOTIFICATION_KINDS = ['mention', 'assigned', 'approval', 'regrowth', 'stopped'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const NOTIFICATION_LABELS: Record<NotificationKind, string> = {
  mention: 'A comment names you',
  assigned: 'A cluster is handed to you',
  approval: 'A proposal waits for approval',
  regrowth: 'A banned cluster grows again',
  stopped: 'An action stopped or paused',
};

export interface NotificationRow {
  /** Decimal string. */
  id: string;
  kind: NotificationKind;
  actorName: string;
  objectType: string;
  objectId: string;
  label: string | null;
  note: string | null;
  at: string;
  read: boolean;
}

export interface NotificationPage {
  rows: NotificationRow[];
  unread: number;
  /** Kinds that the reader has switched off. */
  off: NotificationKind[];
}

export const switchSchema = z.object({ kind: z.enum(NOTIFICATION_KINDS), on: z.boolean() });
/** Everything up to this one, or nothing newer than what was shown. */
export const readThroughSchema = z.object({
  id: z.string().regex(/^\d{1,18}$/, 'There is no such notification.'),
});
