/** The records that come in, one JSON object a line, exactly as testing/records.schema.json describes them. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { normalizeTime, parseTime } from './times';

/** U+0000 and half a surrogate pair: Postgres stores neither. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** An IPv4 or IPv6 address without a zone. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%');
}

/** JSON Schema counts characters (code points), JavaScript counts UTF-16 units. */
function isWithin(text: string, max: number): boolean {
  return text.length <= max || (text.length <= max * 2 && Array.from(text).length <= max);
}

const text = (max: number) =>
  z
    .string()
    .refine((value) => isWithin(value, max), { error: `longer than ${max} characters`, abort: true })
    .refine(isStorable, 'contains a NUL character or half a surrogate pair')
    .meta({ maxLength: max });

const filled = (max: number) =>
  z
    .string()
    .min(1, { error: 'empty', abort: true })
    .refine((value) => isWithin(value, max), { error: `longer than ${max} characters`, abort: true })
    .refine(isStorable, 'contains a NUL character or half a surrogate pair')
    .meta({ maxLength: max });

const id = filled(128);
const token = filled(512);
/** The word for people, because zod says "number" of an integer that came as a string. */
export const INTEGER = 'integer';
const count = (min: number, max = Number.MAX_SAFE_INTEGER) => z.int(INTEGER).min(min).max(max);
const address = z
  .string()
  .refine(isAddress, 'not an IPv4 or IPv6 address')
  .meta({ description: 'An IPv4 or IPv6 address.' });
/** No account spends a billion a month. Without a bound one number could make every sum over accounts infinite. */
export const MAX_SPEND_USD = 1_000_000_000;
const time = z
  .string()
  .refine((value) => !Number.isNaN(parseTime(value)), 'not an RFC 3339 date-time')
  .meta({ format: 'date-time' })
  .transform(normalizeTime);

const accountRecord = z.object({
  record: z.literal('account'),
  account_id: id,
  created_at: time,
  display_name: text(256).optional(),
  plan: token.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'not two capital letters')
    .optional(),
  organization_id: id.optional(),
  verified_organization: z.boolean().optional(),
  email_domain: token.optional(),
  email_pattern: token.optional(),
  payment_fingerprint: token.optional(),
  phone_fingerprint: token.optional(),
  device_fingerprint: token.optional(),
  signup_ip: address.optional(),
  monthly_spend_usd: z.number().min(0).max(MAX_SPEND_USD).optional(),
  status: z.enum(['active', 'throttled', 'verification_required', 'banned']).optional(),
  program: token.optional(),
  enterprise: z.boolean().optional(),
  last_paid_at: time.optional(),
});

const exchangeRecord = z.object({
  record: z.literal('exchange'),
  exchange_id: id,
  account_id: id,
  occurred_at: time,
  model: token.optional(),
  access_path: token.optional(),
  ip: address.optional(),
  asn: count(0, 4_294_967_295).optional(),
  user_agent: token.optional(),
  client_fingerprint: token.optional(),
  api_key_id: id.optional(),
  session_id: id.optional(),
  input_tokens: count(0).optional(),
  output_tokens: count(0).optional(),
  tool_names: z.array(token).max(128).optional(),
  prompt: text(65_536).optional(),
  system_prompt: text(65_536).optional(),
  prompt_template: token.optional(),
  labels: z.array(token).max(32).optional(),
});

const observationRecord = z.object({
  record: z.literal('observation'),
  account_id: id,
  kind: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'not a lower-case name of at most 63 characters'),
  value: token,
  observed_at: time,
  count: count(1).optional(),
});

const modelReleaseRecord = z.object({
  record: z.literal('model_release'),
  model: token,
  released_at: time,
});

const appealRecord = z.object({
  record: z.literal('appeal'),
  appeal_id: id,
  account_id: id,
  received_at: time,
  text: text(8192).optional(),
});

export const weirRecord = z.discriminatedUnion('record', [
  accountRecord,
  exchangeRecord,
  observationRecord,
  modelReleaseRecord,
  appealRecord,
]);

export type AccountRecord = z.infer<typeof accountRecord>;
export type ExchangeRecord = z.infer<typeof exchangeRecord>;
export type ObservationRecord = z.infer<typeof observationRecord>;
export type ModelReleaseRecord = z.infer<typeof modelReleaseRecord>;
export type AppealRecord = z.infer<typeof appealRecord>;
export type WeirRecord = z.infer<typeof weirRecord>;

/** The schema of each kind of record, by its `record` field. */
export const RECORD_SCHEMAS = {
  account: accountRecord,
  exchange: exchangeRecord,
  observation: observationRecord,
  model_release: modelReleaseRecord,
  appeal: appealRecord,
} as const;

/** The fields of each kind of record that hold a time. */
export const TIME_FIELDS: Record<WeirRecord['record'], readonly string[]> = {
  account: ['created_at', 'last_paid_at'],
  exchange: ['occurred_at'],
  observation: ['observed_at'],
  model_release: ['released_at'],
  appeal: ['received_at'],
};
