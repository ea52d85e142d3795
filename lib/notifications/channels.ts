/** The ways out of the desk that are set up now. */
import { AppError } from '@/lib/errors';
import type { SignedPost } from '@/lib/outgoing/post-signed';
import { readSetting } from '@/lib/settings/read-setting';
import { readSecrets } from '@/lib/settings/secrets';
import { type MailSettings, readMailSettings } from './mail-settings';
import { notificationWebhookSetting, webhookAddress, webhookSigning } from './webhook-settings-schema';

const TIMEOUT_MS = 10_000;

/** The mail server; null while there is none, or while its settings are wrong, which the settings page shows. */
export function readMail(): MailSettings | null {
  try {
    return readMailSettings(process.env);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The team's address; null while there is none. @throws AppError unavailable when it cannot be opened */
export async function readWebhook(): Promise<SignedPost | null> {
  const { host } = (await readSetting(notificationWebhookSetting)).value;
  const [address] = host === '' ? [] : await readSecrets(webhookAddress);
  if (address === undefined) return null;
  return { address, timeoutMs: TIMEOUT_MS, secrets: () => readSecrets(webhookSigning) };
}

/** Where people reach the desk: links in messages begin with it. */
export function deskOrigin(): string {
  return new URL(process.env.NEXTAUTH_URL || 'http://127.0.0.1:3000').origin;
}
