/** Looks exchanges up in the table, day by day: a day's partition may be without its index for now. */
import type pg from 'pg';
import { toBigInt } from './hash-identity';
import { listPartitions, type Span } from './partitions';

const DAY_MS = 86_400_000;
const SPANS_A_QUERY = 40;

/** Exchanges by account key, hashed id (upper, lower) and time. */
export interface Candidates {
  accountKey: number[];
  high: number[];
  low: number[];
  at: number[];
}

/** Places of the candidates that are stored: most lie on their own day, the rest may be anywhere. */
export async function findStored(client: pg.ClientBase, candidates: Candidates): Promise<Set<number>> {
  const stored = new Set<number>();
  if (candidates.at.length === 0) return stored;
  const byDay = new Map<number, number[]>();
  candidates.at.forEach((at, place) => {
    const day = Math.floor(at / DAY_MS);
    const places = byDay.get(day);
    if (places) places.push(place);
    else byDay.set(day, [place]);
  });
  for (const [day, places] of byDay) {
    const span = {
      from: new Date(day * DAY_MS).toISOString(),
      to: new Date((day + 1) * DAY_MS).toISOString(),
    };
    await findIn(client, [span], candidates, places, stored);
  }
  const left = candidates.at.map((_, place) => place).filter((place) => !stored.has(place));
  if (left.length === 0) return stored;
  const partitions = await listPartitions(client, 'exchange');
  // As one table it is planned once; but then a partition without an index would be read for every candidate.
  if (partitions.every(({ indexes }) => indexes > 0)) {
    await findIn(client, [undefined], candidates, left, stored);
    return stored;
  }
  for (let from = 0; from < partitions.length; from += SPANS_A_QUERY) {
    const spans = partitions.slice(from, from + SPANS_A_QUERY).map(({ span }) => span);
    await findIn(client, spans, candidates, left, stored);
  }
  return stored;
}

/** @param spans of time; all of it where one is undefined */
async function findIn(
  client: pg.ClientBase,
  spans: readonly (Span | undefined)[],
  { accountKey, high, low }: Candidates,
  places: readonly number[],
  stored: Set<number>,
): Promise<void> {
  const { rows } = await client.query<[number]>({
    rowMode: 'array',
    text: `WITH t AS NOT MATERIALIZED (
             SELECT * FROM unnest($1::int[], $2::bigint[], $3::int[]) AS u(account_key, identity, place))
           ${spans.map(placesIn).join(' UNION ALL ')}`,
    values: [
      places.map((place) => accountKey[place]),
      places.map((place) => toBigInt({ high: high[place]!, low: low[place]! })),
      places,
    ],
  });
  for (const [place] of rows) stored.add(place);
}

function placesIn(span: Span | undefined): string {
  const within = span ? `AND e.occurred_at >= '${span.from}' AND e.occurred_at < '${span.to}'` : '';
  return `SELECT t.place FROM t JOIN exchange e ON e.account_key = t.account_key AND e.identity = t.identity ${within}`;
}
