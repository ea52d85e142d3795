/**
 * The quick way in for well-formed records: zod costs several microseconds a record, a bulk load has millions.
 * It may only accept what schema.ts accepts, unchanged; whatever it is unsure of it leaves to zod.
 */
import { isAddress, isStorable, MAX_SPEND_USD, type TIME_FIELDS, type WeirRecord } from './schema';
import { isBelievableTime, parsePlainTime } from './times';

type Check = (value: unknown, now: Date) => boolean;

const text =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'string' && value.length >= min && value.length <= max && isStorable(value);

const id = text(1, 128);
const token = text(1, 512);
const prompt = text(0, 65_536);
const flag: Check = (value) => typeof value === 'boolean';
const address: Check = (value) => typeof value === 'string' && isAddress(value);
const spend: Check = (value) => typeof value === 'number' && value >= 0 && value <= MAX_SPEND_USD;
const anything: Check = () => true;

const whole =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

const oneOf =
  (...choices: string[]): Check =>
  (value) =>
    choices.includes(value as string);

const like =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

const tokens =
  (max: number): Check =>
  (value, now) =>
    Array.isArray(value) && value.length <= max && value.every((item) => token(item, now));

/** Only the form that needs no rewriting. */
const time: Check = (value, now) => typeof value === 'string' && isBelievableTime(parsePlainTime(value), now);

interface Shape {
  required: string[];
  checks: Map<string, Check>;
}

function shape(required: Record<string, Check>, optional: Record<string, Check>): Shape {
  return {
    required: Object.keys(required),
    checks: new Map([['record', anything], ...Object.entries(required), ...Object.entries(optional)]),
  };
}

const SHAPES = new Map<unknown, Shape>([
  [
    'exchange',
    shape(
      { exchange_id: id, account_id: id, occurred_at: time },
      {
        model: token,
        access_path: token,
        ip: address,
        asn: whole(0, 4_294_967_295),
        user_agent: token,
        client_fingerprint: token,
        api_key_id: id,
        session_id: id,
        input_tokens: whole(0),
        output_tokens: whole(0),
        tool_names: tokens(128),
        prompt,
        system_prompt: prompt,
        prompt_template: token,
        labels: tokens(32),
      },
    ),
  ],
  [
    'account',
    shape(
      { account_id: id, created_at: time },
      {
        display_name: text(0, 256),
        plan: token,
        country: like(/^[A-Z]{2}$/),
        organization_id: id,
        verified_organization: flag,
        email_domain: token,
        email_pattern: token,
        payment_fingerprint: token,
        phone_fingerprint: token,
        device_fingerprint: token,
        signup_ip: address,
        monthly_spend_usd: spend,
        status: oneOf('active', 'throttled', 'verification_required', 'banned'),
        program: token,
        enterprise: flag,
        last_paid_at: time,
      },
    ),
  ],
  [
    'observation',
    shape(
      { account_id: id, kind: like(/^[a-z][a-z0-9_]{0,62}$/), value: token, observed_at: time },
      { count: whole(1) },
    ),
  ],
  ['model_release', shape({ model: token, released_at: time }, {})],
  ['appeal', shape({ appeal_id: id, account_id: id, received_at: time }, { text: text(0, 8192) })],
]);

/** The record and how many unknown keys were left out; null when it should be looked at by zod. */
export function acceptQuickly(
  value: Record<string, unknown>,
  now: Date,
): { record: WeirRecord; unknownKeys: number } | null {
  const expected = SHAPES.get(value.record);
  if (!expected) return null;
  let unknownKeys = 0;
  for (const key in value) {
    const check = expected.checks.get(key);
    if (!check) unknownKeys++;
    else if (!check(value[key], now)) return null;
  }
  for (const key of expected.required) if (value[key] === undefined) return null;
  if (unknownKeys === 0) return { record: value as WeirRecord, unknownKeys };
  const known: Record<string, unknown> = {};
  for (const key of expected.checks.keys()) if (Object.hasOwn(value, key)) known[key] = value[key];
  return { record: known as WeirRecord, unknownKeys };
}

/** Keys of a record that the contract does not know. */
export function countUnknownKeys(value: object, kind: keyof typeof TIME_FIELDS): number {
  const checks = SHAPES.get(kind)?.checks;
  return Object.keys(value).filter((key) => !checks?.has(key)).length;
}
