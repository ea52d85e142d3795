import { z } from 'zod';
import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { RHYTHM_KIND } from '@/lib/detection/kinds';
import { secondsOf } from './desk-status';
import { isSensitiveKind } from './rules';
import type { CountedAsOne, RunDetail } from './suppressed-schema';
import { splitValueId } from './value-id';

/** As runs write it; those of earlier versions named no values. */
const stored = z.array(
  z.object({
    kind: z.string(),
    reason: z.string(),
    source: z.string().nullable().default(null),
    values: z.number(),
    strongest: z
      .array(z.object({ valueId: z.string(), population: z.number(), accountKey: z.number().optional() }))
      .default([]),
  }),
);

const QUARTER_MS = 900_000;

/** Organizations given by name. */
const ORGANIZATIONS = 20;

/** The latest run with what it left out of linking and why; null before the first. @throws AppError forbidden */
export async function getLatestRun(actor: Actor): Promise<RunDetail | null> {
  requireRight(actor, 'desk.read');
  const run = await database().detectionRun.findFirst({ orderBy: { id: 'desc' } });
  if (!run) return null;
  const groups = stored.parse(run.suppressed);
  const ids = groups.flatMap(({ kind, strongest }) =>
    kind === RHYTHM_KIND ? [] : strongest.map(({ valueId }) => splitValueId(valueId).id),
  );
  const keys = groups.flatMap(({ strongest }) => strongest.flatMap(({ accountKey }) => accountKey ?? []));
  const sensitive = may(actor, 'desk.read_sensitive');
  const [named, owners, countedAsOne] = await Promise.all([
    database().$queryRaw<{ id: string; value: string }[]>`
      SELECT id::text AS id, value FROM indicator WHERE id = ANY(${ids}::text[]::bigint[])`,
    sensitive
      ? database().account.findMany({
          where: { key: { in: keys } },
          select: { key: true, organizationId: true },
        })
      : [],
    countOrganizations(sensitive),
  ]);
  const ownerOf = new Map(owners.map(({ key, organizationId }) => [key, organizationId]));
  const textOf = new Map(named.map((row) => [row.id, row.value]));
  const textFor = (kind: string, valueId: string): string | null => {
    if (!sensitive && isSensitiveKind(kind)) return null;
    if (kind === RHYTHM_KIND) return new Date(Number(valueId) * QUARTER_MS).toISOString();
    const { id, day } = splitValueId(valueId);
    const text = textOf.get(id) ?? 'forgotten';
    return day === null ? text : `${text} on ${day}`;
  };
  return {
    id: run.id,
    finishedAt: run.finishedAt.toISOString(),
    seconds: secondsOf(run),
    accounts: run.accounts,
    clusters: run.clusters,
    windowFrom: run.windowFrom?.toISOString() ?? null,
    windowTo: run.windowTo?.toISOString() ?? null,
    digest: run.digest,
    settingsVersion: run.settingsVersion,
    mutedClusters: run.mutedClusters,
    countedAsOne,
    suppressed: groups
      .map(({ strongest, ...group }) => ({
        ...group,
        strongest: strongest.map(({ valueId, population, accountKey }, place) => ({
          // The id is a hash of the value: whoever may not see the one may not have the other.
          id: String(place),
          value: textFor(group.kind, valueId),
          population,
          organization: accountKey === undefined ? null : (ownerOf.get(accountKey) ?? null),
        })),
      }))
      .sort((a, b) => b.values - a.values || (a.kind < b.kind ? -1 : 1)),
  };
}

async function countOrganizations(sensitive: boolean): Promise<CountedAsOne> {
  const rows = await database().$queryRaw<
    { organization: string; accounts: number; all: number; sum: number }[]
  >`
    SELECT organization_id AS organization, count(*)::int AS accounts, (count(*) OVER ())::int AS all,
      (sum(count(*)) OVER ())::int AS sum
    FROM account WHERE verified_organization AND organization_id IS NOT NULL
    GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT ${ORGANIZATIONS}`;
  return {
    organizations: rows[0]?.all ?? 0,
    accounts: rows[0]?.sum ?? 0,
    largest: rows.map(({ organization, accounts }, place) => ({
      id: String(place),
      organization: sensitive ? organization : null,
      accounts,
    })),
  };
}
