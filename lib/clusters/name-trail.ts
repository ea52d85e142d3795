import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { detectionKind } from '@/lib/detection/kinds';
import { storableText } from '@/lib/storable-text';
import { clusterRef, isSensitiveKind } from './rules';
import type { NamedStep, TrailStep } from './trail-schema';

/** What the steps are called, for a breadcrumb; a step that does not exist is left out. @throws AppError forbidden */
export async function nameTrail(actor: Actor, steps: readonly TrailStep[]): Promise<NamedStep[]> {
  requireRight(actor, 'desk.read');
  if (steps.length === 0) return [];
  const clusterIds = steps.flatMap((step) => (step.type === 'cluster' ? [step.id] : []));
  const indicatorIds = steps.flatMap((step) => (step.type === 'indicator' ? [step.id] : []));
  const accountIds = steps.flatMap((step) => (step.type === 'account' ? [storableText(step.id)] : []));
  const [clusters, indicators, accounts] = await Promise.all([
    database().cluster.findMany({ where: { id: { in: clusterIds } }, select: { id: true, name: true } }),
    database().$queryRaw<{ id: string; kind: string; value: string }[]>`
      SELECT id::text, kind, value FROM indicator WHERE id::text = ANY(${indicatorIds}::text[])
        AND id = ANY(ARRAY(SELECT n::bigint FROM unnest(${indicatorIds}::numeric[]) n WHERE n BETWEEN -9223372036854775808 AND 9223372036854775807))`,
    database().account.findMany({ where: { id: { in: accountIds } }, select: { id: true } }),
  ]);
  const sensitive = may(actor, 'desk.read_sensitive');
  const labels = new Map<string, string>([
    ...clusters.map(({ id, name }) => [`cluster ${id}`, `${name}, ${clusterRef(id)}`] as const),
    ...indicators.map(({ id, kind, value }) => {
      const label = detectionKind(kind).label.toLowerCase();
      return [`indicator ${id}`, sensitive || !isSensitiveKind(kind) ? `${label} ${value}` : label] as const;
    }),
    ...accounts.map(({ id }) => [`account ${id}`, id] as const),
  ]);
  return steps.flatMap((step) => {
    const label = labels.get(`${step.type} ${step.id}`);
    return label === undefined ? [] : [{ ...step, label }];
  });
}
