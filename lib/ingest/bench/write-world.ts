/** The bench's world, written to a file: accounts, then their exchanges in order of time, as unequal as real ones. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { promptText } from './prompt-text';

export const WORLD_KINDS = ['plain', 'prompts', 'once'] as const;
type WorldKind = (typeof WORLD_KINDS)[number];

export interface WorldOptions {
  exchanges: number;
  accounts: number;
  /** Without prompts; with prompts of some 400 characters, most unlike any other; each account in one line alone. */
  kind: WorldKind;
}

export type Draw = () => number;

const START_MS = Date.UTC(2026, 7, 1);
const SPAN_MS = 30 * 86_400_000;
/** 16 million exchanges take the whole span; fewer are its beginning, as dense as the whole. */
const IN_SPAN = 16_000_000;
const CHUNK_CHARS = 1 << 20;
const PATHS = ['api', 'batch', 'console', 'cloud-a', 'cloud-b'];
const MODELS = ['atlas-3', 'atlas-3-mini', 'atlas-2', 'atlas-3-long', 'atlas-embed'];

/** Repeatable numbers in [0, 1). After mulberry32. */
function drawFrom(seed: number): Draw {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Writes the world as NDJSON. Memory stays flat; the same options give the same bytes. */
export async function writeWorld(file: string, options: WorldOptions): Promise<void> {
  const out = createWriteStream(file);
  const draw = drawFrom(1);
  let text = '';
  const described = options.kind === 'once' ? 0 : options.accounts;
  for (let n = 0; n < described + options.exchanges; n++) {
    text += n < described ? accountLine(n, draw) : exchangeLine(n - described, options, draw);
    if (text.length < CHUNK_CHARS) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
}

const nameOf = (account: number) => `acct_${account.toString(36).padStart(6, '0')}`;
const hex = (draw: Draw) =>
  Math.floor(draw() * 0x100000000)
    .toString(16)
    .padStart(8, '0');
const addressOf = (account: number, home: number) =>
  `${11 + (account % 90)}.${(account >> 8) & 255}.${account & 255}.${7 + home * 60}`;

function accountLine(account: number, draw: Draw): string {
  const created = new Date(START_MS - Math.floor(draw() * 3 * SPAN_MS)).toISOString();
  return (
    `{"record":"account","account_id":"${nameOf(account)}","created_at":"${created}","plan":"pro","country":"DE",` +
    `"email_domain":"d${account % 9_000}.example","payment_fingerprint":"pm_${hex(draw)}",` +
    `"device_fingerprint":"dev_${hex(draw)}","signup_ip":"${addressOf(account, 0)}","status":"active"}\n`
  );
}

function exchangeLine(n: number, { accounts, kind }: WorldOptions, draw: Draw): string {
  // A cubed draw: a tenth of the accounts send nearly half of the exchanges.
  const account = kind === 'once' ? n : Math.floor(draw() ** 3 * accounts);
  const at = new Date(START_MS + Math.floor((n / IN_SPAN) * SPAN_MS)).toISOString();
  // One in thirty comes from elsewhere.
  const ip =
    draw() < 0.033 ? addressOf(Math.floor(draw() * 1e6), 2) : addressOf(account, Number(draw() < 0.3));
  const prompt = kind === 'prompts' ? `,"prompt":${promptText(draw)}` : '';
  return (
    `{"record":"exchange","exchange_id":"ex_${n.toString(36).padStart(6, '0')}${hex(draw)}",` +
    `"account_id":"${nameOf(account)}","occurred_at":"${at}","model":"${MODELS[account % 5]}",` +
    `"access_path":"${PATHS[account % 5]}","ip":"${ip}","asn":${1_000 + (account % 500)},` +
    `"user_agent":"client-python/${account % 40}.${account % 7}","client_fingerprint":"fp_${(account % 20_000).toString(16)}",` +
    `"input_tokens":${100 + Math.floor(draw() * 900)},"output_tokens":${Math.floor(draw() * 4_000)}${prompt}}\n`
  );
}
