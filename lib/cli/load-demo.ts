/** The demo of a first start: people named by their role, and a simulated world through the real ingest. */
import { addUser } from '@/lib/access/add-user';
import { makePassword } from '@/lib/access/password';
import type { Actor, Role } from '@/lib/access/schema';
import { runDetection } from '@/lib/clusters/run-detection';
import { database } from '@/lib/database/client';
import { readState, writeState } from '@/lib/database/state-folder';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { sketchThreads } from '@/lib/ingest/sketch-threads';
import { simulateWorld } from '@/lib/simulation/simulate-world';

const STARTER: Actor = { kind: 'system', name: 'start' };
const DEMO_SEED = 1;

const PEOPLE: readonly { name: string; email: string; role: Role }[] = [
  { name: 'Demo analyst', email: 'analyst@demo.example', role: 'analyst' },
  { name: 'Demo approver A', email: 'approver-a@demo.example', role: 'approver' },
  { name: 'Demo approver B', email: 'approver-b@demo.example', role: 'approver' },
  { name: 'Demo admin', email: 'admin@demo.example', role: 'admin' },
  { name: 'Demo auditor', email: 'auditor@demo.example', role: 'auditor' },
  { name: 'Demo viewer', email: 'viewer@demo.example', role: 'viewer' },
];

export interface DemoSignIn {
  name: string;
  email: string;
  password: string;
}

/** What is remembered of the demo, so that one that was interrupted goes on where it stopped. */
interface DemoState {
  /** The simulated world's last moment. */
  endsAt: string;
  loaded: boolean;
  signIns: DemoSignIn[];
}

const STATE_FILE = 'demo.json';

/** The sign-ins of this state's demo; none when there is no demo. */
export function demoSignIns(): DemoSignIn[] {
  return readState<DemoState>(STATE_FILE)?.signIns ?? [];
}

/**
 * Loads the demo into a state that has never held anything.
 * @param say told what is being done.
 * @throws the signal's reason when it is ended early; the next start goes on where it stopped.
 */
export async function loadDemo(say: (words: string) => void, signal: AbortSignal): Promise<void> {
  const state = readState<DemoState>(STATE_FILE) ?? (await beginDemo());
  if (!state || state.loaded) return;
  await addPeople(state);
  signal.throwIfAborted();
  say('first start: taking in the simulated world');
  const world = simulateWorld({ scale: 'demo', seed: DEMO_SEED, endsAt: new Date(state.endsAt) });
  const result = await ingestRecords(STARTER, toLines(world.records, signal), {
    source: 'simulated world',
    simulated: true,
    reader: sketchThreads,
  });
  signal.throwIfAborted();
  say(`took in ${result.accepted.toLocaleString('en')} records in ${result.seconds.toFixed(0)} s`);
  const found = await runDetection(STARTER);
  say(`detection found ${found.clusters} clusters among ${found.accounts.toLocaleString('en')} accounts`);
  writeState(STATE_FILE, { ...state, loaded: true });
}

/** Passwords are written down before they are used, so that no interruption leaves a user nobody can sign in as. */
async function addPeople(state: DemoState): Promise<void> {
  if (state.signIns.length === 0) {
    state.signIns = PEOPLE.map(({ name, email }) => ({ name, email, password: makePassword() }));
    writeState(STATE_FILE, state);
  }
  const known = await database().user.findMany({ select: { email: true } });
  for (const person of PEOPLE) {
    const password = state.signIns.find((each) => each.email === person.email)?.password;
    if (!known.some((user) => user.email === person.email)) await addUser(STARTER, person, password);
  }
}

/** Null when the database was used before: then it is somebody's own, and no demo comes near it. */
async function beginDemo(): Promise<DemoState | null> {
  const [users, runs] = await Promise.all([database().user.count(), database().ingestRun.count()]);
  if (users + runs > 0) return null;
  const state: DemoState = { endsAt: new Date().toISOString(), loaded: false, signIns: [] };
  writeState(STATE_FILE, state);
  return state;
}

async function* toLines(records: Iterable<unknown>, signal: AbortSignal): AsyncGenerator<Buffer> {
  let text = '';
  for (const record of records) {
    signal.throwIfAborted();
    text += `${JSON.stringify(record)}\n`;
    if (text.length > 1 << 18) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text) yield Buffer.from(text);
}
