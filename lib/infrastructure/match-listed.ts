import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { IpRanges, readSpan } from './ip-ranges';
import { readLiveEntries } from './read-live-entries';

/** Kinds whose values are addresses or networks. */
const ADDRESS_KINDS = ['ip', 'prefix'];

/**
 * The indicators that a list in force at `at` names: values as they are written, addresses and prefixes by the smallest
 * network that holds all of them. Nothing else is read while no list is in force.
 * @returns the name of the list by the indicator's id as decimal text
 */
export async function matchListed(at: Date): Promise<ReadonlyMap<string, string>> {
  const entries = await readLiveEntries(at);
  const found = new Map<string, string>();
  if (entries.length === 0) return found;
  const names = await namesOf(entries.map((entry) => entry.listId));
  const networks = entries.flatMap(({ span, listId }) => (span ? [{ span, label: listId }] : []));
  if (networks.length > 0) {
    const ranges = new IpRanges(networks);
    const { rows } = await pool().query<[string, string]>({
      rowMode: 'array',
      text: 'SELECT id::text, value FROM indicator WHERE kind = ANY($1)',
      values: [ADDRESS_KINDS],
    });
    for (const [id, value] of rows) {
      const span = readSpan(value);
      const list = span ? ranges.find(span) : -1;
      if (list >= 0) found.set(id, names.get(list) ?? '');
    }
  }
  const values = entries.filter((entry) => entry.span === null);
  if (values.length > 0) {
    const { rows } = await pool().query<[string, number]>({
      rowMode: 'array',
      text: `SELECT i.id::text, min(l.list) FROM unnest($1::text[], $2::text[], $3::int[]) AS l(kind, value, list)
             JOIN indicator i ON i.kind = l.kind AND i.value = l.value GROUP BY i.id`,
      values: [values.map((e) => e.kind), values.map((e) => e.value), values.map((e) => e.listId)],
    });
    for (const [id, list] of rows) found.set(id, names.get(list) ?? '');
  }
  return found;
}

async function namesOf(ids: number[]): Promise<Map<number, string>> {
  const lists = await database().infrastructureList.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(lists.map((list) => [list.id, list.name]));
}
