/** One file that shows a third party what was done in a proposal, why, by whom, and that the log has it. The format is
 * written down in docs/evidence-pack.md. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { type AuditRecord, collectRecord } from '@/lib/audit/collect-record';
import { hideSensitive } from '@/lib/audit/rules';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { makeTar, type TarFile } from '@/lib/tar';
import { describePack } from './describe-pack';
import { listLines } from './hash-list';
import { type PackedProposal, readPackedProposal } from './read-packed-proposal';
import { proposalRef } from './rules';

const VERIFIER = 'lib/audit/verifier/verify-log.mjs';

/** Decisions on the cluster that a proposal stands on. */
const DECISIONS = [
  'cluster.claim',
  'cluster.release',
  'cluster.confirm',
  'cluster.dismiss',
  'cluster.reopen',
];

export interface EvidencePack {
  name: string;
  content: Buffer;
}

/**
 * The pack of a proposal as .tar.gz, with as much personal data as the reader may see. That it was taken is written
 * down, with the hash of its list of hashes.
 * @throws AppError forbidden, not_found
 */
export async function packEvidence(actor: Actor, proposalId: number): Promise<EvidencePack> {
  requireRight(actor, 'audit.export');
  const proposal = await readPackedProposal(proposalId);
  const ref = proposalRef(proposalId);
  const record = await collectRecord(actor, [
    { type: 'proposal', id: ref },
    ...(proposal.cluster ? [{ type: 'cluster', id: proposal.cluster.ref, verbs: DECISIONS }] : []),
  ]);
  const at = new Date();
  const shown = may(actor, 'desk.read_sensitive') ? proposal : (hideSensitive(proposal) as PackedProposal);
  const files = await filesOf(shown, record, at);
  const sums = files.map(({ name, content }) => `${sha256(content)}  ${name}\n`).join('');
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'data.export',
      object: { type: 'proposal', id: ref },
      detail: { format: 'evidence-pack/1', files: files.length, sums_sha256: sha256(sums) },
    }),
  );
  const folder = `weir-evidence-${ref}`;
  const tar = makeTar(
    [...files, { name: 'SHA256SUMS', content: sums }].map((file) => ({
      ...file,
      name: `${folder}/${file.name}`,
    })),
    at,
  );
  return { name: `${folder}.tar.gz`, content: await promisify(gzip)(tar) };
}

async function filesOf(proposal: PackedProposal, record: AuditRecord, at: Date): Promise<TarFile[]> {
  const { accounts, approvals, evidence, ...about } = proposal;
  return [
    { name: 'README.md', content: describePack(proposal, record, at) },
    { name: 'proposal.json', content: json(about) },
    // Without a last line feed, so that its plain SHA-256 is the frozen hash.
    { name: 'list.txt', content: listLines(accounts.map(({ id }) => id)) },
    { name: 'evidence.json', content: json(evidence) },
    { name: 'approvals.json', content: json(approvals) },
    { name: 'execution.ndjson', content: ndjson(accounts) },
    { name: 'audit.ndjson', content: ndjson(record.entries) },
    ...record.proofs.map((proof) => ({
      name: `proofs/${String(proof.index).padStart(9, '0')}.json`,
      content: json(proof),
    })),
    { name: 'checkpoint.txt', content: record.checkpoint ?? '' },
    { name: 'keys.txt', content: record.publicKeys.map((key) => `${key}\n`).join('') },
    { name: 'verify-log.mjs', content: await readFile(path.join(process.cwd(), VERIFIER)) },
  ];
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const ndjson = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
