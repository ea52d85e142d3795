/** The team's one address for notifications, for a chat as an example: a versioned setting beside a sealed address. */
import { z } from 'zod';
import { defineSetting, type SecretName } from '@/lib/settings/schema';

/** Named here and not by `NOTIFICATION_KINDS`: what a stored setting may hold stays when a kind is added. */
const KINDS = ['mention', 'assigned', 'approval', 'regrowth', 'stopped'] as const;
const kinds = z.array(z.enum(KINDS)).max(KINDS.length);

const schema = z.object({
  /** Empty: none. */
  host: z.string().max(300),
  /** The first 8 hex digits of the address's SHA-256: whoever holds a chat's address may write to it. */
  fingerprint: z.string().max(8),
  kinds,
});
export type NotificationWebhook = z.infer<typeof schema>;

export const notificationWebhookSetting = defineSetting<NotificationWebhook>({
  name: 'notifications.webhook',
  title: 'Notifications by webhook',
  schema,
  initial: { host: '', fingerprint: '', kinds: ['approval', 'regrowth', 'stopped'] },
});

export const webhookAddress: SecretName = {
  name: 'notifications.webhook_address',
  title: 'Address of notifications by webhook',
};
export const webhookSigning: SecretName = {
  name: 'notifications.webhook_secret',
  title: 'Signing secret of notifications',
};

/** What the form hands over. */
export const webhookChangeSchema = z
  .object({
    /** Empty: the one there is stays. */
    address: z
      .string()
      .trim()
      .max(2000)
      .refine(
        (text) => text === '' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)),
        'Give a whole address, as https://chat.example/hooks/weir.',
      ),
    remove: z.boolean(),
    kinds,
  })
  .refine(({ address, remove }) => !remove || address === '', {
    message: 'Give an address or take it away, not both.',
    path: ['address'],
  });
export type WebhookChange = z.infer<typeof webhookChangeSchema>;
