/** From what a person pointed at (a cluster, a selection, an indicator, a pasted list) to accounts. */
import { clusterRef, isSensitiveKind } from '@/lib/clusters/rules';
import type { Transaction } from '@/lib/database/transaction';
import { detectionKind } from '@/lib/detection/kinds';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { Candidate } from './choose-accounts';
import { candidatesOf, listCandidates } from './list-candidates';
import { parseList, possibleIds, resolveList } from './parse-list';
import type { PreviewInput } from './propose-schema';
import { proposalRef } from './rules';
import type { ProposalSource } from './schema';
import type { ListReport } from './weigh-schema';

/** What a proposal keeps of where its list came from. */
export interface SourceDetail {
  label: string;
  indicatorId?: string;
  lateOf?: number;
  /** Of a pasted list: entries that were no accounts, as they were pasted. */
  unknown?: string[];
  entries?: number;
  repeated?: number;
  /** What the countermeasure was called when the list was frozen. */
  countermeasureName?: string;
}

export interface Source {
  source: ProposalSource;
  detail: SourceDetail;
  /** The cluster that the list is of, or null. */
  clusterId: number | null;
  candidates: Candidate[];
  list: ListReport | null;
}

/** Unknown entries kept with a proposal; more of them are no list but a mistake. */
const UNKNOWN_KEPT = 1_000;

/** @throws AppError not_found (cluster, indicator, proposal, deleted accounts), bad_input (nothing on the list) */
export async function findSource(tx: Transaction, input: PreviewInput): Promise<Source> {
  if (input.clusterId !== undefined) return fromCluster(tx, input.clusterId, input.accountIds !== undefined);
  if (input.accountIds) return fromSelection(tx, input.accountIds);
  if (input.indicatorId !== undefined) return fromIndicator(tx, input.indicatorId);
  if (input.lateOf !== undefined) return fromLateJoiners(tx, input.lateOf);
  if (input.relistOf !== undefined) return fromProposal(tx, input.relistOf);
  return fromList(tx, input.list ?? '', input.leaveUnknown ?? false);
}

async function fromCluster(tx: Transaction, clusterId: number, selected: boolean): Promise<Source> {
  const candidates = await listCandidates(tx, clusterId);
  const cluster = await tx.cluster.findUnique({ where: { id: clusterId }, select: { name: true } });
  const label = cluster?.name ?? clusterRef(clusterId);
  return { source: selected ? 'selection' : 'cluster', detail: { label }, clusterId, candidates, list: null };
}

async function fromSelection(tx: Transaction, accountIds: readonly string[]): Promise<Source> {
  const ids = [...new Set(accountIds.map(storableText))];
  const keys = await keysOf(tx, ids);
  const missing = ids.filter((id) => !keys.has(id));
  if (missing.length > 0) {
    const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
    throw new AppError(
      'not_found',
      `${missing.slice(0, 3).join(', ')}${more}: no such account. It may have been deleted; choose again.`,
    );
  }
  const candidates = await candidatesOf(tx, [...keys.values()]);
  return { source: 'selection', detail: { label: 'a selection' }, clusterId: null, candidates, list: null };
}

async function fromIndicator(tx: Transaction, indicatorId: string): Promise<Source> {
  const [indicator] = await tx.$queryRaw<{ kind: string; value: string }[]>`
    SELECT kind, value FROM indicator WHERE id = ${indicatorId}::numeric::bigint`;
  if (!indicator) throw new AppError('not_found', 'There is no such indicator. Open it from its list again.');
  const rows = await tx.$queryRaw<{ key: number }[]>`
    SELECT DISTINCT account_key AS key FROM account_indicator WHERE indicator_id = ${indicatorId}::numeric::bigint`;
  const kind = detectionKind(indicator.kind).label.toLowerCase();
  // The proposal's page is for everybody, an address is not.
  const label = isSensitiveKind(indicator.kind) ? `one ${kind}` : `${kind} ${indicator.value}`;
  return {
    source: 'indicator',
    detail: { label, indicatorId },
    clusterId: null,
    candidates: await candidatesOf(
      tx,
      rows.map((row) => row.key),
    ),
    list: null,
  };
}

/** Who joined the cluster, or was seen with the indicator, that an earlier list came from, and is not on that list. */
async function fromLateJoiners(tx: Transaction, proposalId: number): Promise<Source> {
  const earlier = await tx.proposal.findUnique({
    where: { id: proposalId },
    select: { clusterId: true, sourceDetail: true, items: { select: { accountKey: true } } },
  });
  if (!earlier) throw new AppError('not_found', `There is no proposal ${proposalRef(proposalId)}.`);
  const listed = new Set(earlier.items.map((item) => item.accountKey));
  const { indicatorId } = earlier.sourceDetail as unknown as SourceDetail;
  if (earlier.clusterId === null && indicatorId === undefined) {
    throw new AppError('bad_input', `Nobody can join ${proposalRef(proposalId)}: its list was made by hand.`);
  }
  const found =
    earlier.clusterId === null
      ? await fromIndicator(tx, indicatorId!)
      : await fromCluster(tx, earlier.clusterId, false);
  return {
    ...found,
    detail: { ...found.detail, lateOf: proposalId },
    candidates: found.candidates.filter((candidate) => !listed.has(candidate.accountKey)),
  };
}

/** The accounts of an earlier list as they stand now; those that left its cluster are judged by themselves. */
async function fromProposal(tx: Transaction, proposalId: number): Promise<Source> {
  const earlier = await tx.proposal.findUnique({
    where: { id: proposalId },
    select: {
      clusterId: true,
      source: true,
      sourceDetail: true,
      action: true,
      items: { select: { accountKey: true } },
    },
  });
  if (!earlier || earlier.action === 'restore')
    throw new AppError('not_found', `There is no list to go on from: ${proposalRef(proposalId)}.`);
  const listed = new Set(earlier.items.map((item) => item.accountKey));
  const members = earlier.clusterId === null ? [] : await listCandidates(tx, earlier.clusterId);
  const still = members.filter((candidate) => listed.has(candidate.accountKey));
  for (const candidate of still) listed.delete(candidate.accountKey);
  return {
    source: earlier.source,
    detail: earlier.sourceDetail as unknown as SourceDetail,
    clusterId: earlier.clusterId,
    candidates: [...still, ...(await candidatesOf(tx, [...listed]))],
    list: null,
  };
}

async function fromList(tx: Transaction, text: string, leaveUnknown: boolean): Promise<Source> {
  const parsed = parseList(storableText(text));
  const possible = possibleIds(parsed);
  const keys = await keysOf(tx, possible);
  const caseless = await otherCaseOf(
    tx,
    possible.filter((id) => !keys.has(id)),
  );
  const { accountIds, report } = resolveList(parsed, new Set(keys.keys()), caseless);
  const odd = [...report.otherCase, ...report.unknown];
  if (odd.length > UNKNOWN_KEPT && leaveUnknown) {
    throw new AppError(
      'bad_input',
      `${odd.length.toLocaleString('en-US')} entries are no accounts: that is another list. Check its column.`,
    );
  }
  return {
    source: 'list',
    detail: {
      label: 'a pasted list',
      entries: report.entries,
      repeated: report.repeated.length,
      unknown: odd.map((entry) => entry.text.slice(0, 200)).slice(0, UNKNOWN_KEPT),
    },
    clusterId: null,
    candidates: await candidatesOf(
      tx,
      accountIds.map((id) => keys.get(id)!),
    ),
    list: report,
  };
}

async function keysOf(tx: Transaction, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; key: number }[]>`
    SELECT a.id, a.key FROM unnest(${ids}::text[]) AS named (id) JOIN account a ON a.id = named.id`;
  return new Map(rows.map((row) => [row.id, row.key]));
}

/** For texts that are no account: the account that differs by case alone, where there is exactly one. */
async function otherCaseOf(tx: Transaction, texts: readonly string[]): Promise<Map<string, string>> {
  if (texts.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ text: string; id: string }[]>`
    SELECT named.text, min(a.id) AS id
    FROM unnest(${texts}::text[]) AS named (text) JOIN account a ON lower(a.id) = lower(named.text)
    GROUP BY named.text HAVING count(*) = 1`;
  return new Map(rows.map((row) => [row.text, row.id]));
}
