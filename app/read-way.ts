import type { Person } from '@/lib/access/schema';
import { nameTrail } from '@/lib/clusters/name-trail';
import { type NamedStep, readTrail } from '@/lib/clusters/trail-schema';

/** The way that led to a page, from its address (`via`, as often as there are steps). */
export async function readWay(
  person: Person,
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<NamedStep[]> {
  const { via } = await searchParams;
  const parts = via === undefined ? [] : Array.isArray(via) ? via : [via];
  return nameTrail(person, readTrail(parts));
}
