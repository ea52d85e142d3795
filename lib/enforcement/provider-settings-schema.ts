/** Which provider carries actions out, and the countermeasures it knows besides Weir's own actions. */
import { z } from 'zod';
import {
  defineSetting,
  type SecretRow,
  type SettingValue,
  type SettingVersionRow,
} from '@/lib/settings/schema';
import type { NoticeTemplates } from './notice-schema';

export const PROVIDER_KINDS = ['sandbox', 'webhook', 'litellm'] as const;

const address = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => text === '' || isHttp(text), 'Give a whole address, as https://provider.example/weir.');

const providerSchema = z
  .object({
    kind: z.enum(PROVIDER_KINDS),
    /** Where calls go; empty for the sandbox. For LiteLLM the proxy's own address, without a path of its API. */
    address,
    /** Everything happens but the call. */
    shadow: z.boolean(),
    /** Seconds after which a call without an answer counts as failed. */
    timeoutSeconds: z.number().int().min(1).max(60),
    /** What an account's id is at LiteLLM: the (hashed) key, or the end user that callers name. */
    litellmAccount: z.enum(['key', 'customer']),
  })
  .refine((value) => value.kind === 'sandbox' || value.address !== '', {
    message: 'Give the provider’s address.',
    path: ['address'],
  });
export type ProviderSettings = z.infer<typeof providerSchema>;

export const providerSetting = defineSetting<ProviderSettings>({
  name: 'enforcement.provider',
  title: 'Provider',
  schema: providerSchema,
  initial: { kind: 'sandbox', address: '', shadow: false, timeoutSeconds: 5, litellmAccount: 'key' },
});

const countermeasureSchema = z.object({
  /** For good: proposals and accounts name it. */
  id: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, 'An id is lower-case letters, digits and underscores.'),
  name: z.string().trim().min(2, 'Give the countermeasure a name.').max(60),
  /** What it does to an account, for whoever proposes or approves it. */
  description: z.string().trim().max(300),
  /** What the provider is told with it, word for word; the provider alone knows what it means. */
  parameter: z.string().trim().max(200),
});
export type Countermeasure = z.infer<typeof countermeasureSchema>;

const countermeasuresSchema = z
  .array(countermeasureSchema)
  .max(20)
  .refine((list) => new Set(list.map((each) => each.id)).size === list.length, 'Two have the same id.')
  .refine(
    (list) => new Set(list.map((each) => each.name.toLowerCase())).size === list.length,
    'Two have the same name.',
  );

export const countermeasuresSetting = defineSetting<Countermeasure[]>({
  name: 'enforcement.countermeasures',
  title: 'Countermeasures',
  schema: countermeasuresSchema,
  initial: [
    {
      id: 'withhold_reasoning',
      name: 'Withhold reasoning traces',
      description: 'Answers come without the model’s reasoning; everything else stays.',
      parameter: 'reasoning=off',
    },
    {
      id: 'cap_output',
      name: 'Cap output',
      description: 'Answers end after 1,024 tokens.',
      parameter: 'max_output_tokens=1024',
    },
  ],
});

function isHttp(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

const reason = z.string().trim().min(3, 'Say why, in a few words.').max(2000);

export const litellmKeySchema = z.object({
  reason,
  key: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{8,200}$/, 'A key is one word of 8 to 200 plain characters.'),
});
export type LitellmKeyInput = z.infer<typeof litellmKeySchema>;

/** What a test call came to. */
export interface ProviderTest {
  ok: boolean;
  /** How Weir reads the answer, in words. */
  reading: string;
  /** HTTP status; null when there was no answer. */
  status: number | null;
  tookMs: number;
  /** The beginning of the answer, as it came. */
  answer: string;
}

/** Everything that the settings page shows of providers, to everybody; no secret is in it. */
export interface ProviderView {
  provider: SettingValue<ProviderSettings>;
  countermeasures: SettingValue<Countermeasure[]>;
  notices: SettingValue<NoticeTemplates>;
  /** In use, newest first; fingerprints only. */
  webhookSecrets: SecretRow[];
  litellmKeys: SecretRow[];
  /** Of all three settings, newest first. */
  history: (SettingVersionRow & { setting: string })[];
  mayChange: boolean;
}
