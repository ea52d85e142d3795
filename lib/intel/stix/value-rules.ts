/** Which shared values may leave, how sure an indicator of one is, and how long it holds. Pure. */
import { IpRanges, readSpan, type Span } from '@/lib/infrastructure/ip-ranges';
import { HASHABLE_KINDS, type HashableKind, PLAIN_KINDS, type PlainKind } from '../share-schema';

const DAY_MS = 86_400_000;

/** Days after it was last seen for which a value still tells something. Addresses change hands, cards do not. */
const HOLDS_DAYS: Record<PlainKind | HashableKind, number> = {
  ip: 30,
  prefix: 30,
  asn: 90,
  user_agent: 90,
  device: 180,
  phone: 365,
  payment: 365,
  template: 180,
  system_prompt: 180,
};

/** The least share of a value's holders that must be in the operation: below it the value names others. */
const LEAST_SHARE = 0.5;

export function isPlainKind(kind: string): kind is PlainKind {
  return (PLAIN_KINDS as readonly string[]).includes(kind);
}

export function isHashableKind(kind: string): kind is HashableKind {
  return (HASHABLE_KINDS as readonly string[]).includes(kind);
}

/** Why a value stays whoever asks, or null when it may leave. */
export function objectionToValue(value: {
  members: number;
  population: number;
}): 'one_account' | 'held_by_others' | null {
  if (value.members < 2) return 'one_account';
  return value.members / value.population < LEAST_SHARE ? 'held_by_others' : null;
}

const HOUSE = ipRanges([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.168.0.0/16', '224.0.0.0/3', '::/8', '64:ff9b:1::/48', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
]);
/** Addresses in the widest network that still names somebody: a /16, in IPv6 a /32. */
const WIDEST_V4 = 2 ** 16;
const WIDEST_V6 = 2n ** 96n;

/** Networks as a set to be asked. */
export function ipRanges(texts: readonly string[]): IpRanges {
  return new IpRanges(texts.map((text, label) => ({ span: readSpan(text)!, label })));
}

/** Addresses that every network has inside, and networks that hold half a country. */
export function objectionToAddress(kind: string, value: string): 'private_address' | 'too_wide' | null {
  const span = kind === 'ip' || kind === 'prefix' ? readSpan(value) : null;
  return span && objectionToSpan(span);
}

export function objectionToSpan(span: Span): 'private_address' | 'too_wide' | null {
  const wide =
    typeof span.first === 'number'
      ? span.last >= span.first + WIDEST_V4
      : span.last >= span.first + WIDEST_V6;
  if (wide) return 'too_wide';
  return HOUSE.find(span) >= 0 ? 'private_address' : null;
}

/** What millions send: browsers, HTTP libraries, the providers' own SDKs. Names of clients from their default headers. */
const COMMON_AGENT = new RegExp(
  `^(?:Mozilla/\\d|Opera/|(?:${[
    'curl',
    'Wget',
    'python-requests',
    'python-httpx',
    'Python-urllib',
    'Python',
    'aiohttp',
    'axios',
    'node-fetch',
    'undici',
    'node',
    'got',
    'okhttp',
    'Go-http-client',
    'Java-http-client',
    'Java',
    'Apache-HttpClient',
    'Dart',
    'Ruby',
    'Faraday',
    'GuzzleHttp',
    'PostmanRuntime',
    'insomnia',
    'HTTPie',
    'libcurl',
    'reqwest',
    'ureq',
    'Deno',
    'Bun',
    'OpenAI',
    'AsyncOpenAI',
    'AzureOpenAI',
    'Anthropic',
    'AsyncAnthropic',
    'openai-python',
    'openai-node',
    'anthropic-sdk-\\w+',
    'anthropic-python',
    'langchain\\w*',
    'litellm',
    'llama[-_]index',
    'cohere\\w*',
    'Boto3',
    'aws-sdk-[\\w-]+',
    'google-genai-sdk',
    'google-api-\\w+-client',
  ].join('|')})(?:[/ (]|$))`,
  'i',
);

/** True for a client that strangers use by the million: its header says nothing about who sent it. */
export function isCommonAgent(value: string): boolean {
  return value.trim() === '' || COMMON_AGENT.test(value.trim());
}

/** From the first day it was seen until it no longer tells anything. */
export function validity(
  kind: PlainKind | HashableKind,
  firstDay: Date,
  lastDay: Date,
): { from: Date; until: Date } {
  return { from: firstDay, until: new Date(lastDay.getTime() + (HOLDS_DAYS[kind] + 1) * DAY_MS) };
}

/** Lower end of the 90 % interval of a share (Wilson 1927). */
export function shareAtLeast(members: number, population: number): number {
  if (population <= 0) return 0;
  const z = 1.645;
  const share = members / population;
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * population)) / population);
  return Math.max(0, (share + (z * z) / (2 * population) - spread) / (1 + (z * z) / population));
}

/** Confidence of an indicator, 0 to 95: the share of its holders that is surely in the operation; half of it while
 * nobody has confirmed the cluster. */
export function indicatorConfidence(
  value: { members: number; population: number },
  confirmed: boolean,
): number {
  const sure = shareAtLeast(value.members, value.population);
  return Math.min(95, Math.round(100 * sure * (confirmed ? 1 : 0.5)));
}
