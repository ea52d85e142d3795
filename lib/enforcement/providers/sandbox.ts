/** The demo's provider: a store of its own that keeps the promises of a real one, its troubles included. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { database } from '@/lib/database/client';
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
    async act(call) {
      await delay(latencyOf(call));
      const trouble = troubleOf(call);
      if (trouble === 'unavailable') return { kind: 'failed', note: '503 from provider' };
      if (trouble === 'refused') return { kind: 'refused', note: 'the provider does not know this account' };
      const answer = await actOnce(call);
      return trouble === 'lost_answer' ? { kind: 'failed', note: 'timeout' } : answer;
    },
  };
}

async function actOnce(call: ProviderCall): Promise<ProviderAnswer> {
  // One line a key; the account is the row, so a line feed in its id must not look like a second key.
  const key = call.idempotencyKey.replaceAll('\n', ' ');
  const changed = await database().$executeRaw`
    INSERT INTO sandbox_account AS s (account_id, status, last_key, updated_at)
    VALUES (${call.accountId}, ${call.state}::account_status, ${key}, now())
    ON CONFLICT (account_id) DO UPDATE
      SET status = excluded.status, last_key = s.last_key || E'\n' || excluded.last_key, updated_at = now()
      WHERE NOT excluded.last_key = ANY(string_to_array(s.last_key, E'\n'))`;
  return { kind: 'done', repeated: changed === 0 };
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
