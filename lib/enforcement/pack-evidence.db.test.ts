import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { readKey, verifyProof } from '@/lib/audit/verifier/verify-log.mjs';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { answerProposal } from './answer-proposal';
import { executeProposal } from './execute-proposal';
import { packEvidence } from './pack-evidence';
import { sandboxProvider } from './providers/sandbox';
import { insertCluster, plain, propose } from './testing/insert-world';

const folder = mkdtempSync(path.join(tmpdir(), 'weir-pack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let approver: Person;
let auditor: Person;
let proposalId = 0;
let accountIds: string[] = [];

beforeAll(async () => {
  const analyst = await insertUser('analyst');
  approver = await insertUser('approver');
  auditor = await insertUser('auditor');
  const cluster = await insertCluster(plain(12));
  accountIds = cluster.accountIds;
  const reason = 'One card, from 203.0.113.9.\n# Not a heading';
  const input = { clusterId: cluster.id, action: 'ban' as const, reason, exclude: [] };
  ({ id: proposalId } = await propose(analyst, input));
  const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id: proposalId } });
  await answerProposal(approver, { proposalId, verdict: 'approve', reason: 'Looked at all.', sha256 });
  await executeProposal(proposalId, {
    provider: sandboxProvider({ trouble: () => 'none', latency: () => 0 }),
    pace: { perSecond: 5_000, watchSeconds: 0 },
  });
});

/** Unpacks it as its reader would. @returns the folder */
async function unpacked(person: Person): Promise<string> {
  const pack = await packEvidence(person, proposalId);
  const own = path.join(folder, String(Math.random()));
  mkdirSync(own);
  writeFileSync(path.join(own, pack.name), pack.content);
  const tar = spawnSync('tar', ['-xzf', pack.name], { cwd: own, encoding: 'utf8' });
  expect(tar.stderr).toBe('');
  return path.join(own, `weir-evidence-P-${proposalId}`);
}

const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('an evidence pack', () => {
  let at = '';
  beforeAll(async () => {
    at = await unpacked(approver);
  });
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { cwd: at, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });

  test('holds the list, evidence, approvals, execution and the audit', () => {
    const approvals = JSON.parse(readFileSync(path.join(at, 'approvals.json'), 'utf8'));
    const proposal = JSON.parse(readFileSync(path.join(at, 'proposal.json'), 'utf8'));
    expect(proposal).toMatchObject({ action: 'ban', status: 'done', accounts_listed: 12, list_stands: true });
    expect(approvals).toMatchObject([{ verdict: 'approve', list_sha256: proposal.list_sha256 }]);
    expect(readFileSync(path.join(at, 'list.txt'), 'utf8').split('\n')).toEqual(accountIds.toSorted());
    expect(lines(path.join(at, 'execution.ndjson')).map(({ state }) => state)).toEqual(
      Array(12).fill('done'),
    );
    const verbs = lines(path.join(at, 'audit.ndjson')).map(({ verb }) => verb);
    expect(verbs).toEqual(
      expect.arrayContaining([
        'cluster.confirm',
        'proposal.create',
        'proposal.approve',
        'enforcement.start',
        'enforcement.apply',
        'enforcement.finish',
      ]),
    );
    expect(readdirSync(path.join(at, 'proofs'))).toHaveLength(verbs.length);
    expect(JSON.parse(readFileSync(path.join(at, 'evidence.json'), 'utf8'))).toMatchObject([
      { kind: 'payment' },
    ]);
  });

  test('is checked with nothing but what is in it', () => {
    expect(run('sha256sum', '-c', '--quiet', 'SHA256SUMS')).toMatchObject({ status: 0, stderr: '' });
    const proposal = JSON.parse(readFileSync(path.join(at, 'proposal.json'), 'utf8'));
    expect(run('sha256sum', 'list.txt').stdout).toContain(proposal.list_sha256);
    const [proof = ''] = readdirSync(path.join(at, 'proofs'));
    const verified = run(
      process.execPath,
      'verify-log.mjs',
      '--proof',
      `proofs/${proof}`,
      '--key',
      'keys.txt',
    );
    expect(verified).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
    const readme = readFileSync(path.join(at, 'README.md'), 'utf8');
    expect(readme).toContain('verify-log.mjs --proof "$p" --key keys.txt');
    expect(readme).not.toContain('\n# Not a heading');
  });

  test('proves every entry of it, and none that was changed', () => {
    const keys = readFileSync(path.join(at, 'keys.txt'), 'utf8').trim().split('\n').map(readKey);
    const entries = new Map(lines(path.join(at, 'audit.ndjson')).map((entry) => [entry.index, entry]));
    for (const name of readdirSync(path.join(at, 'proofs'))) {
      const proof = JSON.parse(readFileSync(path.join(at, 'proofs', name), 'utf8'));
      expect(verifyProof(proof, keys)).toMatchObject({ included: proof.index });
      const leaf = JSON.parse(proof.leaf) as { verb: string; id: number };
      expect(entries.get(proof.index)).toMatchObject({ verb: leaf.verb, id: leaf.id });
      const forged = { ...proof, leaf: proof.leaf.replace('"outcome":"done"', '"outcome":"refused"') };
      expect(() => verifyProof(forged, keys)).toThrow('not shown to be in the log');
    }
  });

  test('has for an auditor no address, but commitments in their place', async () => {
    const theirs = await unpacked(auditor);
    const all = spawnSync('grep', ['-rhoE', '203\\.0\\.113\\.9', '.'], { cwd: theirs, encoding: 'utf8' });
    expect(all.stdout).toBe('');
    expect(readFileSync(path.join(at, 'proposal.json'), 'utf8')).toContain('203.0.113.9');
    const proofs = readdirSync(path.join(theirs, 'proofs')).map((name) =>
      JSON.parse(readFileSync(path.join(theirs, 'proofs', name), 'utf8')),
    );
    const proof = proofs.find(({ leaf, open }) => leaf.includes('"reason"') && !open['/reason']);
    expect(Object.keys(proof.open)).toContain('/actor_name');
    const keys = proof.publicKeys.map(readKey);
    expect(verifyProof(proof, keys)).toMatchObject({ included: proof.index });
    expect(readFileSync(path.join(theirs, 'README.md'), 'utf8')).toContain('the commitments stand alone');
  });

  test('is itself in the audit, with the hash of its hashes', async () => {
    const pack = await packEvidence(approver, proposalId);
    const entry = await database().auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(entry).toMatchObject({
      verb: 'data.export',
      objectId: `P-${proposalId}`,
      detail: { format: 'evidence-pack/1', sums_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(gunzipSync(pack.content).subarray(257, 262).toString()).toBe('ustar');
  });

  test('is for those who may export the audit, of a proposal that there is', async () => {
    const viewer = await insertUser('viewer');
    await expect(packEvidence(viewer, proposalId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(packEvidence(approver, 999_999)).rejects.toMatchObject({ code: 'not_found' });
  });
});
