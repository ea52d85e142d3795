/** A stream of every kind of record, the same for the same seed, for tests that compare one pass with another. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Random } from '@/lib/simulation/random';

export interface MixedWorld {
  seed: number;
  exchanges: number;
  accounts: number;
  /** First exchange number: worlds of one seed whose ranges overlap hold the same exchanges there. */
  from?: number;
}

const BEGAN = Date.UTC(2026, 7, 1);
const DAYS = 4;
const TASKS = [
  'Grade this answer by the rubric',
  'Explain your reasoning step by step',
  'Translate into French',
];

/** Accounts are described before, amid and after their exchanges; some never. One line in fifty comes twice. */
function* mixedRecords({ seed, exchanges, accounts, from = 0 }: MixedWorld): Generator<object> {
  for (let n = from; n < from + exchanges; n++) {
    // Each exchange has its own sequence, so that it is the same in whichever range it stands.
    const random = new Random(seed, `exchange/${n}`);
    const account = random.int(accounts);
    const exchange = mixedExchange(random, n, account);
    yield exchange;
    if (random.chance(0.02)) yield exchange;
    if (random.chance(0.03)) yield mixedAccount(random, account);
    if (random.chance(0.03)) {
      yield {
        record: 'observation',
        account_id: `acct_${account}`,
        kind: 'referral_code',
        value: `R-${random.int(200)}`,
        observed_at: exchange.occurred_at,
        count: 1 + random.int(3),
      };
    }
    if (random.chance(0.001)) {
      yield {
        record: 'appeal',
        account_id: `acct_${account}`,
        appeal_id: `appeal_${n}`,
        received_at: exchange.occurred_at,
      };
    }
  }
  yield { record: 'model_release', model: 'atlas-3', released_at: '2026-08-02T00:00:00Z' };
}

function mixedExchange(random: Random, n: number, account: number) {
  const topic = random.int(5_000);
  return {
    record: 'exchange',
    exchange_id: `ex_${n}`,
    account_id: `acct_${account}`,
    occurred_at: new Date(BEGAN + Math.floor(random.next() * DAYS * 86_400_000)).toISOString(),
    model: `atlas-${1 + random.int(3)}`,
    ip: `10.${account % 7}.${random.int(8)}.${random.int(250)}`,
    client_fingerprint: `ja4_${account % 31}`,
    session_id: `session_${account}_${random.int(4)}`,
    input_tokens: random.int(4_000),
    output_tokens: random.int(4_000),
    prompt: `${random.pick(TASKS)}: item ${topic} of list ${account % 13}, and give the answer as JSON.`,
  };
}

/** The same whenever it is said, so that the order in which two streams say it makes no difference. */
function mixedAccount(random: Random, account: number) {
  random.next();
  return {
    record: 'account',
    account_id: `acct_${account}`,
    created_at: new Date(BEGAN - (account % 400) * 3_600_000).toISOString(),
    payment_fingerprint: `pm_${account % 211}`,
    plan: account % 5 === 0 ? 'team' : 'free',
  };
}

export async function writeMixedWorld(file: string, world: MixedWorld): Promise<void> {
  function* lines() {
    for (const record of mixedRecords(world)) yield `${JSON.stringify(record)}\n`;
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}
