import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { readSetting } from '@/lib/settings/read-setting';
import { listSecrets } from '@/lib/settings/secrets';
import { readMailSettings } from './mail-settings';
import type { DeliveryChannel, DeliveryStanding, DeliveryView } from './schema';
import { notificationWebhookSetting, webhookSigning } from './webhook-settings-schema';

const DAYS = 7;

type Counts = Omit<DeliveryStanding, 'channel' | 'target' | 'misconfigured' | 'lastSentAt'> & {
  lastSentAt: Date | null;
};

/** How notifications leave the desk, and whether they arrive. @throws AppError forbidden */
export async function getDeliveryStandings(actor: Actor): Promise<DeliveryStanding[]> {
  requireRight(actor, 'desk.read');
  const { host } = (await readSetting(notificationWebhookSetting)).value;
  return Promise.all([
    standingOf('mail', mailTarget()),
    standingOf('webhook', { target: host || null, misconfigured: null }),
  ]);
}

/** The same with the team's address, for the settings page. @throws AppError forbidden */
export async function getDelivery(actor: Actor): Promise<DeliveryView> {
  const [standings, webhook, secrets] = await Promise.all([
    getDeliveryStandings(actor),
    readSetting(notificationWebhookSetting),
    listSecrets(webhookSigning),
  ]);
  return { standings, webhook, secrets, mayChange: may(actor, 'settings.manage') };
}

function mailTarget(): Pick<DeliveryStanding, 'target' | 'misconfigured'> {
  try {
    return { target: readMailSettings(process.env)?.host ?? null, misconfigured: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { target: null, misconfigured: error.forPerson };
  }
}

async function standingOf(
  channel: DeliveryChannel,
  at: Pick<DeliveryStanding, 'target' | 'misconfigured'>,
): Promise<DeliveryStanding> {
  const [counts] = await database().$queryRaw<Counts[]>`
    SELECT count(*) FILTER (WHERE sent_at IS NOT NULL)::int AS sent,
      count(*) FILTER (WHERE failed_at IS NOT NULL)::int AS "givenUp",
      count(*) FILTER (WHERE sent_at IS NULL AND failed_at IS NULL)::int AS waiting,
      count(*) FILTER (WHERE sent_at IS NULL AND failed_at IS NULL AND problem IS NOT NULL)::int AS retrying,
      max(sent_at) AS "lastSentAt",
      (array_agg(problem ORDER BY id DESC) FILTER (WHERE problem IS NOT NULL AND (sent_at IS NULL)))[1] AS problem
    FROM notification_delivery
    WHERE channel = ${channel} AND created_at > now() - make_interval(days => ${DAYS}::int)`;
  const { lastSentAt, ...figures } = counts ?? {
    sent: 0,
    givenUp: 0,
    waiting: 0,
    retrying: 0,
    problem: null,
    lastSentAt: null,
  };
  return { channel, ...at, ...figures, lastSentAt: lastSentAt?.toISOString() ?? null };
}
