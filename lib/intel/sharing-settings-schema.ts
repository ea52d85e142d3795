/** Under which name partners know this deployment, and the key with which secrets are compared. */
import { z } from 'zod';
import { defineSetting, type SecretName, type SecretRow, type SettingValue } from '@/lib/settings/schema';

const producerSchema = z.object({
  name: z
    .string()
    .trim()
    .min(2, 'Give the name under which partners know you.')
    .max(120, 'The name has at most 120 characters.'),
  /** An address or telephone number of whoever answers partners; null for none. */
  contact: z.string().trim().min(3).max(200, 'The contact has at most 200 characters.').nullable(),
});
export type Producer = z.infer<typeof producerSchema>;

export const producerSetting = defineSetting<Producer>({
  name: 'intel.producer',
  title: 'Producer of what is shared',
  schema: producerSchema,
  initial: { name: 'Weir deployment', contact: null },
});

export const sharingKey: SecretName = { name: 'intel.sharing_key', title: 'Sharing key' };

const KEY_BYTES = 32;

export const setSharingKeySchema = z.object({
  /** 32 bytes in base64 that a partner handed over; null makes a new one. */
  key: z
    .string()
    .trim()
    .refine(
      (text) => /^[A-Za-z0-9+/]{43}=$/.test(text),
      `The key is ${KEY_BYTES} bytes in base64, 44 characters.`,
    )
    .nullable(),
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
});
export type SetSharingKeyInput = z.infer<typeof setSharingKeySchema>;

export interface SharingSettings {
  producer: SettingValue<Producer>;
  keys: (SecretRow & { keyId: string | null })[];
}
