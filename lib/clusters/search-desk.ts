import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { hideAddresses } from '@/lib/audit/rules';
import { database } from '@/lib/database/client';
import { storableText } from '@/lib/storable-text';
import { QUEUE_ORDER } from './queue-conditions';
import { isSensitiveKind } from './rules';
import { FOUND_EACH, type Found, type SearchInput } from './search-schema';

/** Shorter parts of a value find everything and nothing. */
const LEAST_LETTERS = 3;

/**
 * Clusters, accounts, campaigns and proposals by id or part of a name, or the values that accounts share by part of the
 * value. Who may not see names and values searches by id alone, so that a search cannot tell them. @throws AppError
 * forbidden
 */
export async function searchDesk(actor: Actor, input: SearchInput): Promise<Found> {
  requireRight(actor, 'desk.read');
  const word = storableText(input.q);
  const sensitive = may(actor, 'desk.read_sensitive');
  if (input.in === 'values') return { ...NOTHING, indicators: await findValues(word, sensitive) };
  if (word === '') return { ...NOTHING, clusters: await topClusters() };
  const [clusters, accounts, campaigns, proposals] = await Promise.all([
    findClusters(word),
    findAccounts(word, sensitive),
    findCampaigns(word, sensitive),
    findProposals(word),
  ]);
  return { clusters, accounts, campaigns, proposals, indicators: [] };
}

const NOTHING: Found = { clusters: [], accounts: [], campaigns: [], proposals: [], indicators: [] };

const CLUSTER = {
  id: true,
  name: true,
  status: true,
  reopenedCause: true,
  score: true,
  accounts: true,
} as const;

/** Prisma passes % and _ on as wildcards. */
const part = (word: string) =>
  ({ contains: word.replaceAll(/[\\%_]/g, '\\$&'), mode: 'insensitive' }) as const;

/** The number in "CL-12" or "12"; 0 is nobody's. */
function numberIn(word: string, prefix: string): number {
  return Number(new RegExp(`^(?:${prefix}-?)?(\\d{1,9})$`, 'i').exec(word)?.[1] ?? 0);
}

function topClusters(): Promise<Found['clusters']> {
  return database().cluster.findMany({
    where: { active: true, status: { in: ['open', 'in_review'] }, mutedById: null },
    orderBy: QUEUE_ORDER,
    take: FOUND_EACH,
    select: CLUSTER,
  });
}

/** In any state: whoever looks for a name wants the dismissed one too. */
function findClusters(word: string): Promise<Found['clusters']> {
  return database().cluster.findMany({
    where: { OR: [{ id: numberIn(word, 'CL') }, { name: part(word) }] },
    orderBy: QUEUE_ORDER,
    take: FOUND_EACH,
    select: CLUSTER,
  });
}

/** The one of exactly this id first. */
async function findAccounts(word: string, sensitive: boolean): Promise<Found['accounts']> {
  const select = { id: true, displayName: true, reportedStatus: true, enforcedStatus: true } as const;
  const [exact, rest] = await Promise.all([
    database().account.findMany({ where: { id: word }, select }),
    database().account.findMany({
      where: {
        OR: [{ id: part(word) }, ...(sensitive ? [{ displayName: part(word) }] : [])],
        id: { not: word },
      },
      take: FOUND_EACH,
      select,
    }),
  ]);
  return [...exact, ...rest].slice(0, FOUND_EACH).map((account) => ({
    id: account.id,
    displayName: sensitive ? account.displayName : null,
    status: account.enforcedStatus ?? account.reportedStatus,
  }));
}

async function findCampaigns(word: string, sensitive: boolean): Promise<Found['campaigns']> {
  const rows = await database().campaign.findMany({
    where: { OR: [{ id: numberIn(word, 'CA') }, { name: part(word) }] },
    orderBy: { id: 'desc' },
    take: FOUND_EACH,
    select: { id: true, name: true, _count: { select: { clusters: true } } },
  });
  return rows.map(({ id, name, _count }) => ({
    id,
    name: sensitive ? name : hideAddresses(name),
    clusters: _count.clusters,
  }));
}

async function findProposals(word: string): Promise<Found['proposals']> {
  const id = numberIn(word, 'P');
  if (id === 0) return [];
  const rows = await database().proposal.findMany({
    where: { id },
    select: { id: true, action: true, status: true, accountCount: true },
  });
  return rows.map(({ accountCount, ...row }) => ({ ...row, accounts: accountCount }));
}

/** Sessions and single tasks are not shared by strangers and are most of the dictionary: they are left out. */
async function findValues(word: string, sensitive: boolean): Promise<Found['indicators']> {
  if (word.length < LEAST_LETTERS || !sensitive) return [];
  const kinds = await database().$queryRaw<{ kind: string }[]>`
    SELECT DISTINCT kind FROM indicator WHERE kind NOT IN ('task_item', 'session')`;
  const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = await database().$queryRaw<Found['indicators']>`
    SELECT id::text, kind, left(value, 200) AS value FROM indicator
    WHERE kind = ANY(${kinds.map((row) => row.kind)}::text[]) AND value ILIKE ${pattern}
    LIMIT ${FOUND_EACH * 4}::int`;
  const folded = word.toLowerCase();
  const rank = (value: string) => {
    const text = value.toLowerCase();
    return text === folded ? 0 : text.startsWith(folded) ? 1 : 2;
  };
  return rows
    .filter((row) => sensitive || !isSensitiveKind(row.kind))
    .sort((a, b) => rank(a.value) - rank(b.value) || a.value.length - b.value.length)
    .slice(0, FOUND_EACH);
}
