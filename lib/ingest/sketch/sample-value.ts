/**
 * Which task items and sessions are kept, so that detection can tell how often accounts get the same task and how
 * often anybody follows up: a sample by hash, the same for all accounts, at a fraction of the rows. Nothing of the
 * text can be had back from it.
 */
import { hashExchangeId, hashFolded } from '../hash-identity';

/** One in so many is kept. */
const SAMPLED = 32;
/** What lies behind is material that differs little; what lies before is the task. */
const READ_CHARS = 4_000;

const halves = new Int32Array(2);

/** A hash of 16 hex digits for one text in 32, undefined for the others; case and spacing make no difference. */
export function sampledItem(prompt: string): string | undefined {
  const read = prompt.slice(0, READ_CHARS);
  if (hashFolded(read, halves, 0)) return read.trim() === '' ? undefined : sampledHash();
  return sampledSession(read.toLowerCase().replaceAll(/\s+/g, ' ').trim());
}

/** The same of a session's id as it stands. */
export function sampledSession(id: string): string | undefined {
  if (id === '') return undefined;
  hashExchangeId(id, halves, 0);
  return sampledHash();
}

function sampledHash(): string | undefined {
  const [high = 0, low = 0] = halves;
  if ((high >>> 0) % SAMPLED !== 0) return undefined;
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
