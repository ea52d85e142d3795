import { randomUUID } from 'node:crypto';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { deskOrigin, readMail, readWebhook } from './channels';
import { postNotification } from './post-notification';
import type { DeliveryChannel, DeliveryTest } from './schema';
import { sendMail } from './send-mail';
import { Undelivered } from './undelivered';
import { notificationWebhookSetting } from './webhook-settings-schema';

/** Sends a test by one way at once: a mail to whoever asks, or a signed message to the team's address.
 * @throws AppError forbidden, bad_input when the way is not set up, unavailable when a secret cannot be opened */
export async function testDelivery(actor: Actor, channel: DeliveryChannel): Promise<DeliveryTest> {
  requireRight(actor, 'settings.manage');
  const { email } = requireUser(actor);
  const started = performance.now();
  const result = await (channel === 'mail' ? mail(email) : post()).then(
    (reading) => ({ ok: true, reading }),
    (error: unknown) => {
      if (!(error instanceof Undelivered)) throw error;
      return { ok: false, reading: `Not sent: ${error.message}.` };
    },
  );
  const test = { ...result, tookMs: Math.round(performance.now() - started) };
  const { name, title } = notificationWebhookSetting;
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'notification.test',
      object: { type: 'setting', id: name, label: title },
      detail: { channel, ok: test.ok, tookMs: test.tookMs },
    }),
  );
  return test;
}

async function mail(to: string): Promise<string> {
  const settings = readMail();
  if (!settings) throw notSetUp('Mail');
  const origin = deskOrigin();
  await sendMail(settings, {
    to,
    subject: '[Weir] Test',
    text: `Weir can send mail to this address. Nothing else happened.\n\n${origin}/notifications\n`,
    messageId: `<weir.test.${randomUUID()}@${new URL(origin).hostname}>`,
  });
  return `The mail server took a test to ${to}.`;
}

async function post(): Promise<string> {
  const webhook = await readWebhook();
  if (!webhook) throw notSetUp('The webhook');
  await postNotification(webhook, {
    type: 'notification.test',
    key: `test ${randomUUID()}`,
    more: { text: 'Weir can send notifications here. Nothing else happened.' },
    data: {},
  });
  return 'The receiver took the signed message.';
}

const notSetUp = (what: string) =>
  new AppError('bad_input', `${what} is not set up yet, or was not saved. Set it up, then test.`);
