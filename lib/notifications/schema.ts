/** What somebody is told of. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import type { SecretRow, SettingValue } from '@/lib/settings/schema';
import type { NotificationWebhook } from './webhook-settings-schema';

export const NOTIFICATION_KINDS = ['mention', 'assigned', 'approval', 'regrowth', 'stopped'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const NOTIFICATION_LABELS: Record<NotificationKind, string> = {
  mention: 'A comment names you',
  assigned: 'A cluster is handed to you',
  approval: 'A proposal waits for approval',
  regrowth: 'A banned cluster grows again',
  stopped: 'An action stopped or paused',
};

/** The same for a team, where nobody is "you". */
export const TEAM_LABELS: Record<NotificationKind, string> = {
  ...NOTIFICATION_LABELS,
  mention: 'A comment names somebody',
  assigned: 'A cluster is handed over',
};

/** The ways on which each person chooses what they hear of. */
const PERSONAL_CHANNELS = ['desk', 'mail'] as const;
export type PersonalChannel = (typeof PERSONAL_CHANNELS)[number];

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
  /** What the reader has switched off. */
  off: { kind: NotificationKind; channel: PersonalChannel }[];
  /** The reader's own address where this deployment sends mail; null where it does not. */
  mailTo: string | null;
}

export const switchSchema = z.object({
  kind: z.enum(NOTIFICATION_KINDS),
  channel: z.enum(PERSONAL_CHANNELS),
  on: z.boolean(),
});

/** Everything up to this one, or nothing newer than what was shown. */
export const readThroughSchema = z.object({
  id: z.string().regex(/^\d{1,18}$/, 'There is no such notification.'),
});

/** The ways out of the desk. */
export type DeliveryChannel = 'mail' | 'webhook';

/** How one way out stands. */
export interface DeliveryStanding {
  channel: DeliveryChannel;
  /** A host; null where the way is not set up. */
  target: string | null;
  /** What is wrong with how it is set up, in words. */
  misconfigured: string | null;
  /** Of the last seven days. */
  sent: number;
  givenUp: number;
  /** To be sent now or later; of these, those that failed at least once. */
  waiting: number;
  retrying: number;
  lastSentAt: string | null;
  /** The words of the latest message that failed and was not sent since. */
  problem: string | null;
}

/** Everything that the settings page shows of it; no secret is in it. */
export interface DeliveryView {
  standings: DeliveryStanding[];
  webhook: SettingValue<NotificationWebhook>;
  secrets: SecretRow[];
  mayChange: boolean;
}

export const testDeliverySchema = z.object({ channel: z.enum(['mail', 'webhook']) });

/** What a test message came to. */
export interface DeliveryTest {
  ok: boolean;
  reading: string;
  tookMs: number;
}
