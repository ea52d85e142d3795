/** Sends what waits in the outbox, each by its way. */
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { readSetting } from '@/lib/settings/read-setting';
import { deskOrigin, readMail, readWebhook } from './channels';
import { postAbout, postNotification } from './post-notification';
import type { DeliveryChannel } from './schema';
import { type Leaving, mailAbout, sendMail } from './send-mail';
import { Undelivered } from './undelivered';
import { notificationWebhookSetting } from './webhook-settings-schema';

/** Seconds from the first attempt to the second; then twice as long each time, up to the longest. */
const FIRST_WAIT = 60;
const LONGEST_WAIT = 4 * 3_600;
/** Hours after which nobody needs to hear of it by this way any more: it stands at the desk. */
const GIVE_UP_HOURS = 48;
const KEPT_DAYS = 30;

interface Claimed extends Leaving {
  id: bigint;
  userId: number | null;
}

type Send = (row: Claimed, signal: AbortSignal) => Promise<void>;

export interface DeliveryRound {
  sent: number;
  /** To be tried again. */
  failed: number;
  givenUp: number;
}

/**
 * Tries everything that is due once. Any number of workers may do so at once: an attempt is one worker's, and when that
 * worker ends in the middle of it, the next attempt follows as after a failure, under the same message id. A way that
 * does not work ends its round, so that a dead server costs one attempt a minute and not one for each message.
 */
export async function deliverNotifications(signal: AbortSignal): Promise<DeliveryRound> {
  const round: DeliveryRound = { sent: 0, failed: 0, givenUp: await giveUp() };
  const ways: [DeliveryChannel, Send | null][] = [
    ['mail', byMail()],
    ['webhook', await byWebhook()],
  ];
  await Promise.all(ways.map(([channel, send]) => send && sendDue(channel, send, round, signal)));
  return round;
}

async function sendDue(
  channel: DeliveryChannel,
  send: Send,
  round: DeliveryRound,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const row = await claim(channel);
    if (!row) return;
    try {
      await send(row, signal);
    } catch (error) {
      // Ended by its own worker: no failure of the way.
      if (signal.aborted) return;
      const { message, forGood } = asUndelivered(error);
      await database().notificationDelivery.updateMany({
        where: { id: row.id, sentAt: null, failedAt: null },
        data: { problem: message.slice(0, 300), ...(forGood && { failedAt: new Date() }) },
      });
      round[forGood ? 'givenUp' : 'failed'] += 1;
      if (forGood) continue;
      return;
    }
    await database().notificationDelivery.updateMany({
      where: { id: row.id, sentAt: null },
      data: { sentAt: new Date(), failedAt: null, problem: null },
    });
    round.sent += 1;
  }
}

/** Takes the one that waits longest and moves its next attempt on, before anything is sent. */
async function claim(channel: DeliveryChannel): Promise<Claimed | undefined> {
  const [row] = await database().$queryRaw<Claimed[]>`
    UPDATE notification_delivery SET attempts = attempts + 1, next_attempt_at =
      now() + make_interval(secs => LEAST(${LONGEST_WAIT}::float8, ${FIRST_WAIT}::float8 * 2 ^ LEAST(attempts, 20)))
    WHERE id = (
      SELECT id FROM notification_delivery
      WHERE channel = ${channel} AND sent_at IS NULL AND failed_at IS NULL AND next_attempt_at <= now()
      ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, user_id AS "userId", kind, leaf_index AS "leafIndex", actor_name AS "actorName",
      object_type AS "objectType", object_id AS "objectId", at`;
  return row;
}

/** What is too old is given up, with the reason of its last failure; what is long past is forgotten. */
async function giveUp(): Promise<number> {
  await database().$executeRaw`
    DELETE FROM notification_delivery WHERE created_at < now() - make_interval(days => ${KEPT_DAYS}::int)`;
  return database().$executeRaw`
    UPDATE notification_delivery SET failed_at = now(),
      problem = COALESCE(problem, 'not sent: this way was not set up') || ${` (given up after ${GIVE_UP_HOURS} hours)`}
    WHERE sent_at IS NULL AND failed_at IS NULL
      AND created_at < now() - make_interval(hours => ${GIVE_UP_HOURS}::int) AND next_attempt_at <= now()`;
}

function byMail(): Send | null {
  const settings = readMail();
  if (!settings) return null;
  const origin = deskOrigin();
  return async (row, signal) => {
    const userId = row.userId ?? 0;
    const user = await database().user.findFirst({
      where: { id: userId, disabledAt: null },
      select: { email: true },
    });
    if (!user) throw new Undelivered('the person may no longer sign in', { forGood: true });
    await sendMail(settings, { to: user.email, ...mailAbout(row, userId, origin) }, signal);
  };
}

async function byWebhook(): Promise<Send | null> {
  const { host } = (await readSetting(notificationWebhookSetting)).value;
  if (host === '') return null;
  const origin = deskOrigin();
  return async (row, signal) => {
    const webhook = await readWebhook();
    if (webhook) await postNotification(webhook, postAbout(row, origin), signal);
    else throw new Undelivered('the address was taken away', { forGood: true });
  };
}

/** A secret that cannot be opened is for people to mend, as a server that does not answer. @throws any other error */
function asUndelivered(error: unknown): Undelivered {
  if (error instanceof Undelivered) return error;
  if (error instanceof AppError) return new Undelivered(error.forPerson, { cause: error });
  throw error;
}
