/** A log without a database: entries as the sequencer logs them, with signed heads. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { openSigner, type Signer, signCheckpoint } from '../log/checkpoint';
import { type LoggedEntry, toLeaf } from '../log/leaf';
import { leafHash } from '../log/merkle-tree';
import { Tree } from '../verifier/verify-log.mjs';

export function makeSigner(name: string): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return openSigner(name, String(privateKey.export({ format: 'pem', type: 'pkcs8' })));
}

/** The n-th entry: every fifth lists accounts, every third has a reason. */
function entryOf(n: number): LoggedEntry {
  return {
    id: n + 1,
    at: new Date(Date.UTC(2026, 10, 22) + n * 137),
    actor: `user:${n % 7}`,
    actor_name: `Person ${n % 7}`,
    verb: 'proposal.approve',
    object_type: 'proposal',
    object_id: `P-${n % 90}`,
    object_label: 'Copper heron',
    outcome: 'done',
    reason: n % 3 === 0 ? `Looked at all of them, ${n} times; “agreed”.` : null,
    before: { status: 'waiting' },
    after: { status: 'approved', approvals: n % 2 },
    detail: n % 5 === 0 ? { accounts: [`acct_${n}`, `acct_${n + 1}`] } : null,
  };
}

/** Lines of an export of `count` entries, a checkpoint after every `every` and at the end. */
export function* makeLog(signer: Signer, count: number, every: number): Generator<string> {
  const tree = new Tree();
  yield JSON.stringify({ log: { format: 1, origin: signer.name, keys: [signer.publicKey] } });
  for (let n = 0; n < count; n++) {
    const seed = createHash('sha256').update(`seed ${n}`).digest();
    const { text, open } = toLeaf(entryOf(n), n, { seed, salts: null, erased: null });
    const hash = leafHash(text);
    tree.append(hash);
    yield `{"hash":"${hash.toString('base64')}","open":${JSON.stringify(open)},"leaf":${text}}`;
    if (tree.size % every === 0 || tree.size === count)
      yield JSON.stringify({ checkpoint: headOf(signer, tree) });
  }
}

export function headOf(signer: Signer, tree: Tree): string {
  const signedAt = new Date('2026-11-22T12:00:00Z');
  return signCheckpoint(signer, { origin: signer.name, size: tree.size, root: tree.root(), signedAt });
}
