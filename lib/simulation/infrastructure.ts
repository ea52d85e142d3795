/** Addresses, networks, clients and fingerprints of the simulated internet. None exists outside of it. */
import { hash32, type Random } from './random';

/** Networks of the simulated internet by the first numbers of their addresses, with documentation AS numbers. */
export function homeAddress(random: Random): string {
  const roll = random.next();
  if (roll < 0.2) {
    const group = () => random.int(65_536).toString(16);
    return `2001:db8:${random.int(4096).toString(16)}:${group()}::${group()}`;
  }
  if (roll < 0.6) return `100.${64 + random.int(64)}.${random.int(256)}.${1 + random.int(254)}`;
  return `10.${random.int(128)}.${random.int(256)}.${1 + random.int(254)}`;
}

/** Carriers put thousands of people behind few addresses. */
export function mobileAddress(random: Random): string {
  return `10.${128 + random.int(4)}.${random.int(8)}.${1 + random.int(60)}`;
}

/** A /24 of a hosting company. */
export function hostingPrefix(random: Random): string {
  return `10.${200 + random.int(20)}.${random.int(256)}`;
}

export function addressIn(prefix: string, random: Random): string {
  return `${prefix}.${1 + random.int(254)}`;
}

/** The documentation AS number (RFC 5398) that announces an address: the same for the same /16. */
export function asnOf(ip: string): number {
  const network = ip.includes(':') ? ip.slice(0, 11) : ip.slice(0, ip.indexOf('.', ip.indexOf('.') + 1));
  const index = hash32(network) % 32;
  return index < 16 ? 64_496 + index : 65_536 + index - 16;
}

/** An opaque value such as `pm_0k3f9a2c`: equal for an equal owner. */
export function fingerprint(kind: 'pm' | 'ph' | 'dev' | 'key' | 'sess' | 'org', owner: string): string {
  const high = hash32(`${kind}|${owner}`).toString(36).padStart(7, '0');
  const low = hash32(`${owner}|${kind}`).toString(36).padStart(7, '0');
  return `${kind}_${high}${low}`;
}

/** A client as the provider reduces it: TLS and header order. */
export function clientFingerprint(name: string): string {
  const hex = (salt: string) => hash32(`${salt}${name}`).toString(16).padStart(8, '0');
  return `ja4_t13d${1510 + (hash32(name) % 9)}h2_${hex('a')}_${hex('b').slice(0, 4)}`;
}

export interface Client {
  userAgent: string;
  fingerprint: string;
  accessPath: 'web' | 'first_party_api';
}

const BROWSERS = [
  ['Chrome/139.0', 'Windows NT 10.0; Win64; x64'],
  ['Chrome/138.0', 'Windows NT 10.0; Win64; x64'],
  ['Chrome/139.0', 'Macintosh; Intel Mac OS X 10_15_7'],
  ['Version/18.5 Safari/605.1.15', 'Macintosh; Intel Mac OS X 10_15_7'],
  ['Version/18.5 Mobile Safari/604.1', 'iPhone; CPU iPhone OS 18_5 like Mac OS X'],
  ['Chrome/139.0 Mobile', 'Linux; Android 15'],
  ['Firefox/141.0', 'X11; Linux x86_64'],
  ['Firefox/141.0', 'Windows NT 10.0; Win64; x64'],
  ['Edg/139.0', 'Windows NT 10.0; Win64; x64'],
] as const;

export const BROWSER_CLIENTS: readonly Client[] = BROWSERS.map(([version, system]) => ({
  userAgent: `Mozilla/5.0 (${system}) ${version}`,
  fingerprint: clientFingerprint(`${version.split('/')[0]}${system}`),
  accessPath: 'web',
}));

export const SDK_CLIENTS: readonly Client[] = [
  'python/1.42.0',
  'python/1.41.2',
  'node/2.8.1',
  'java/0.9.4',
].map((version) => ({
  userAgent: `atlas-${version}`,
  fingerprint: clientFingerprint(version.split('.')[0] ?? version),
  accessPath: 'first_party_api',
}));

/** The coding agent that a third of everybody uses. */
export const AGENT_CLIENT: Client = {
  userAgent: 'coda-agent/3.2.0 (cli)',
  fingerprint: clientFingerprint('coda-agent'),
  accessPath: 'first_party_api',
};

export const AGENT_TOOLS = ['bash', 'edit', 'read_file', 'grep', 'run_tests'];

export const AGENT_SYSTEM_PROMPT =
  'You are Coda, an interactive coding agent that works in the terminal of its user. Read files before you change ' +
  'them, keep changes small, follow the conventions of the codebase, run the tests after each change and report ' +
  'what you did in at most four lines. Never commit unless the user asks you to.';

const MAIL_HOSTS = ['mail.example.com', 'post.example.net', 'inbox.example.org', 'letters.example.com'];
const MAIL_PATTERNS = [
  'first.last',
  'firstlast',
  'first',
  'firstNN',
  'initial.last',
  'word.word',
  'nickNNN',
  'last.NN',
];

export function commonMail(random: Random): { email_domain: string; email_pattern: string } {
  return { email_domain: random.pick(MAIL_HOSTS), email_pattern: random.pick(MAIL_PATTERNS) };
}

/** How an operation's script makes up addresses: a form of its own, as the provider reduces it. */
export function scriptedMail(random: Random): string {
  const part = () => random.pick(['word', 'first', 'last', 'consonants8', 'letters6', 'hex10', 'nick']);
  return `${part()}${random.pick(['', '.', '-', '_'])}${random.pick([part(), ''])}${random.pick(['NN', 'NNN', 'NNNN', '.YYYY'])}`;
}

/** A host for throw-away addresses. */
export function scriptedMailHost(random: Random): string {
  return `${random.pick(['quickbox', 'dropmail', 'inboxly', 'tenminutes', 'posthaste'])}${random.int(90)}.example.net`;
}

const COUNTRIES = [
  'US',
  'US',
  'US',
  'GB',
  'DE',
  'FR',
  'IN',
  'IN',
  'BR',
  'JP',
  'CA',
  'AU',
  'ES',
  'NL',
  'KE',
  'MX',
  'KR',
];
/** Hours east of UTC, one for each entry of COUNTRIES. */
const OFFSETS = [-5, -6, -8, 0, 1, 1, 5.5, 5.5, -3, 9, -5, 10, 1, 1, 3, -6, 9];

export function someCountry(random: Random): { country: string; utcOffset: number } {
  const index = random.int(COUNTRIES.length);
  return { country: COUNTRIES[index] ?? 'US', utcOffset: OFFSETS[index] ?? 0 };
}
