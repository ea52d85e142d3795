/** Reads every setting of the environment before anything starts, so that a typing error is one clear line now and not
 * an odd failure later. Nothing of a secret is repeated. */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { issuerProblem, rolesProblem } from '@/lib/access/oidc/schema';
import { refuseFrom } from '@/lib/notifications/mail-settings';

type Check = (value: string) => string | null;

const number =
  (least: number, most: number, whole = true): Check =>
  (value) => {
    const given = Number(value);
    const fits =
      value.trim() !== '' && given >= least && given <= most && (!whole || Number.isInteger(given));
    return fits ? null : `is to be a ${whole ? 'whole number' : 'number'} from ${least} to ${most}`;
  };

const address =
  (...protocols: string[]): Check =>
  (value) =>
    URL.canParse(value) && protocols.includes(new URL(value).protocol)
      ? null
      : `is to be an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`;

const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value) ? null : `is to be one of: ${values.join(', ')}`;

const bytes =
  (count: number): Check =>
  (value) =>
    Buffer.from(value.trim(), 'base64').length === count ? null : `is to hold ${count} bytes in base64`;

const origin: Check = (value) => {
  const wrong = address('http:', 'https:')(value);
  if (wrong) return wrong;
  return new URL(value).pathname === '/' ? null : 'is to be an address without a path';
};

const MOST = Number.MAX_SAFE_INTEGER;

/** What a value has to be; a secret's value is in no message, and neither is any other's. */
const CHECKS: Record<string, Check> = {
  PORT: number(1, 65_535),
  DATABASE_URL: address('postgres:', 'postgresql:'),
  DATABASE_OWNER_URL: address('postgres:', 'postgresql:'),
  NEXTAUTH_URL: origin,
  NEXTAUTH_SECRET: (value) =>
    value.length >= 32 ? null : 'is to be at least 32 characters, from a generator',
  WEIR_DEMO: oneOf('0', '1'),
  WEIR_LOG: oneOf('error', 'warn', 'info', 'debug'),
  WEIR_POOL: number(2, 1_000),
  WEIR_WAL_LEVEL: oneOf('minimal', 'replica'),
  WEIR_PROXIES: number(0, 10),
  WEIR_APP_ROLE: (value) =>
    /^[a-z_][\w$]{0,62}$/i.test(value) ? null : 'is to be the name of a database role',
  WEIR_SEAL_KEY: bytes(32),
  WEIR_FORGET_KEY: (value) => (/^[\da-f]{64}$/i.test(value) ? null : 'is to be 64 hexadecimal digits'),
  WEIR_AUDIT_KEY: (value) =>
    value.includes('PRIVATE KEY') || existsSync(value) ? null : 'is to be a PEM, or a file that is there',
  WEIR_OIDC_ISSUER: issuerProblem,
  WEIR_OIDC_ROLES: rolesProblem,
  WEIR_CAP_ACTION: number(1, MOST),
  WEIR_CAP_PERSON_DAY: number(1, MOST),
  WEIR_CAP_HOUR: number(1, MOST),
  WEIR_CAP_PAYING_PERCENT: number(0, 100, false),
  WEIR_RATE: number(0.001, MOST, false),
  WEIR_STAGE_WATCH_SECONDS: number(0, MOST, false),
  WEIR_SMTP_URL: address('smtp:', 'smtps:'),
  WEIR_MAIL_FROM: refuseFrom,
  WEIR_SIEM_URL: address('http:', 'https:'),
  WEIR_SIEM_FILE: (value) => (isAbsolute(value) ? null : 'is to be an absolute path'),
  WEIR_MAX_LINE_BYTES: number(1, MOST),
  WEIR_MAX_UNPACK_RATIO: number(1, MOST, false),
  WEIR_INGEST_MAX_BODY_BYTES: number(1, MOST),
  WEIR_INGEST_MAX_UNPACKED_BYTES: number(1, MOST),
  WEIR_TRACES_MAX_BYTES: number(1, MOST),
  WEIR_INGEST_STREAMS_PER_KEY: number(1, MOST),
  WEIR_INGEST_STREAMS: number(1, MOST),
  WEIR_INGEST_IDLE_SECONDS: number(0.001, MOST, false),
  WEIR_IDEMPOTENCY_WAIT_SECONDS: number(0.001, MOST, false),
  WEIR_IDEMPOTENCY_HOURS: number(0.001, MOST, false),
};

/** Names a deployment may set that are read elsewhere, with their own words for what is wrong. */
const READ_ELSEWHERE = new Set([
  'WEIR_STATE',
  'WEIR_CHECKPOINTS',
  'WEIR_OUTGOING_ALLOW',
  'WEIR_SIEM_SECRET',
  'WEIR_OIDC_CLIENT_ID',
  'WEIR_OIDC_CLIENT_SECRET',
  'WEIR_OIDC_NAME',
  'WEIR_OIDC_SCOPE',
  'WEIR_OIDC_ROLE_CLAIM',
  'WEIR_RAW_DAYS',
  'WEIR_EXEMPLAR_DAYS',
  'WEIR_PRODUCER',
  'WEIR_PRODUCER_CONTACT',
]);

/** Without one of these nobody can sign in at an identity provider. */
const OIDC_NEEDS = ['WEIR_OIDC_CLIENT_ID', 'WEIR_OIDC_CLIENT_SECRET', 'WEIR_OIDC_ROLES'];

/** One line for each setting that is wrong, which stops the start; and one for each WEIR_ name that nothing reads,
 * which may be a typing error and is said. */
export function checkSettings(env: Record<string, string | undefined>): {
  wrong: string[];
  unknown: string[];
} {
  const wrong = Object.entries(CHECKS).flatMap(([name, check]) => {
    const value = env[name];
    const words = value === undefined || value === '' ? null : check(value);
    return words ? [`${name} ${words}.`] : [];
  });
  if (env.WEIR_SMTP_URL && !env.WEIR_MAIL_FROM)
    wrong.push('WEIR_MAIL_FROM is missing: mail that WEIR_SMTP_URL sends has to come from an address.');
  const missing = ['WEIR_OIDC_ISSUER', ...OIDC_NEEDS].filter((name) => !env[name]);
  if (missing.length > 0 && missing.length <= OIDC_NEEDS.length)
    wrong.push(
      `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} to be set with the other WEIR_OIDC_ settings.`,
    );
  const unknown = Object.keys(env).filter(
    (name) =>
      name.startsWith('WEIR_') &&
      !/^WEIR_(E2E|TEST|SOAK|BENCH)_/.test(name) &&
      !Object.hasOwn(CHECKS, name) &&
      !READ_ELSEWHERE.has(name),
  );
  return { wrong, unknown: unknown.map((name) => `${name} is no setting of Weir: nothing reads it.`) };
}
