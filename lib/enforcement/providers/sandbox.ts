/** The demo's provider: a store of its own that keeps the promises of a real one, its troubles included. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { pool } from '@/lib/database/pool';
import type { Provider, ProviderAnswer, ProviderCall } from './provider';

/** What goes wrong with a call: nothing, nothing is done, it is done but the answer is lost, or it is refused. */
type Trouble = 'none' | 'unavailable' | 'lost_answer' | 'refused';

export interface SandboxOptions {
  trouble?: (call: ProviderCall) => Trouble;
  /** Milliseconds that a call takes. */
  latency?: (call: ProviderCall) => number;
}

/** A provider that acts on the table sandbox_account, at most once a key. Troubles and latency follow from a hash of
 * account and attempt, so that a demo shows retries and every run of it the same ones. */
export function sandboxProvider(options: SandboxOptions = {}): Provider {
  const troubleOf = options.trouble ?? usualTrouble;
  const latencyOf = options.latency ?? usualLatency;
  return {
    name: 'Sandbox',
    simulated: true,
    timeoutMs: 5_000,
    async act(call, _signal, mayStillSend = () => true) {
      await delay(latencyOf(call));
      const trouble = troubleOf(call);
      if (trouble === 'unavailable') return { kind: 'failed', note: '503 from provider' };
      if (trouble === 'refused') return { kind: 'refused', note: 'the provider does not know this account' };
      if (!mayStillSend()) return { kind: 'unsent', note: 'not sent: no longer wanted' };
      const answer = await actOnce(call);
      return trouble === 'lost_answer' ? { kind: 'failed', note: 'timeout' } : answer;
    },
  };
}

interface Waiting {
  call: ProviderCall;
  resolve: (answer: ProviderAnswer) => void;
  reject: (error: unknown) => void;
}

/** Calls of this moment. They are written together: one statement each would make a fast desk wait for its sandbox. */
let waiting: Waiting[] = [];

function actOnce(call: ProviderCall): Promise<ProviderAnswer> {
  return new Promise((resolve, reject) => {
    waiting.push({ call, resolve, reject });
    if (waiting.length === 1) setImmediate(() => void writeWaiting());
  });
}

async function writeWaiting(): Promise<void> {
  // An account stands in a statement once: a second call for it is written right after.
  const now = new Map<string, Waiting>();
  const later: Waiting[] = [];
  for (const each of waiting) {
    if (now.has(each.call.accountId)) later.push(each);
    else now.set(each.call.accountId, each);
  }
  waiting = later;
  if (later.length > 0) setImmediate(() => void writeWaiting());
  // In one order, so that two statements with the same accounts do not block each other for good.
  const calls = [...now.values()].sort((a, b) => (a.call.accountId < b.call.accountId ? -1 : 1));
  try {
    const changed = await write(calls.map(({ call }) => call));
    for (const { call, resolve } of calls) resolve({ kind: 'done', repeated: !changed.has(call.accountId) });
  } catch (error) {
    for (const { reject } of calls) reject(error);
  }
}

/** @returns the accounts whose key was new */
async function write(calls: readonly ProviderCall[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO sandbox_account AS s (account_id, status, last_key, updated_at)
     SELECT id, status::account_status, key, now() FROM unnest($1::text[], $2::text[], $3::text[]) AS c (id, status, key)
     ON CONFLICT (account_id) DO UPDATE
       SET status = excluded.status, last_key = s.last_key || E'\n' || excluded.last_key, updated_at = now()
       WHERE NOT excluded.last_key = ANY(string_to_array(s.last_key, E'\n'))
     RETURNING account_id AS id`,
    [
      calls.map((call) => call.accountId),
      calls.map((call) => call.state),
      // One line a key; the account is the row, so a line feed in its id must not look like a second key.
      calls.map((call) => call.idempotencyKey.replaceAll('\n', ' ')),
    ],
  );
  return new Set(rows.map((row) => row.id));
}

function usualTrouble(call: ProviderCall): Trouble {
  const share = hashOf(call, 'trouble') / 0x1_0000_0000;
  if (call.attempt === 1) return share < 0.008 ? 'unavailable' : share < 0.015 ? 'lost_answer' : 'none';
  return call.attempt === 2 && share < 0.1 ? 'unavailable' : 'none';
}

const usualLatency = (call: ProviderCall): number => 20 + (hashOf(call, 'latency') % 60);

function hashOf({ accountId, attempt }: ProviderCall, use: string): number {
  return createHash('sha256').update(`${use}\n${attempt}\n${accountId}`).digest().readUInt32LE(0);
}
