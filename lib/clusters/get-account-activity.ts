import { database } from '@/lib/database/client';
import type { AccountDetail } from './account-schema';

const DAY = 86_400_000;
const SHOWN_DAYS = 30;

type Activity = Pick<AccountDetail, 'outputTokens' | 'days' | 'classes' | 'models'>;

/** What an account sent, from its hourly rollups. The 30 days end with its own last day, not with today's: an
 * account that was banned a month ago still shows what it did. */
export async function getAccountActivity(accountKey: number): Promise<Activity> {
  const [days, sums] = await Promise.all([
    database().$queryRaw<{ day: string; exchanges: number }[]>`
      WITH last AS (SELECT max(hour) AS hour FROM account_hour WHERE account_key = ${accountKey})
      SELECT to_char(h.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(h.exchanges)::int AS exchanges
      FROM account_hour h, last
      WHERE h.account_key = ${accountKey} AND h.hour > last.hour - make_interval(days => ${SHOWN_DAYS}::int)
      GROUP BY 1 ORDER BY 1`,
    database().$queryRaw<{ class: number; model: string; exchanges: number; output: number }[]>`
      SELECT h.class::int AS class, m.name AS model, sum(h.exchanges)::float8 AS exchanges,
        sum(h.output_tokens)::float8 AS output
      FROM account_hour h LEFT JOIN model m ON m.id = h.model_id
      WHERE h.account_key = ${accountKey}
      GROUP BY 1, 2`,
  ]);
  return {
    outputTokens: sums.reduce((sum, row) => sum + row.output, 0),
    days: fillDays(days),
    classes: sumBy(sums, (row) => row.class).map(([key, exchanges]) => ({ class: key, exchanges })),
    models: sumBy(sums, (row) => row.model ?? 'not reported').map(([name, exchanges]) => ({
      name,
      exchanges,
    })),
  };
}

function sumBy<Row extends { exchanges: number }, Key>(
  rows: Row[],
  keyOf: (row: Row) => Key,
): [Key, number][] {
  const sums = new Map<Key, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.exchanges);
  return [...sums].sort((a, b) => b[1] - a[1]);
}

/** Silent days count as zero, so that gaps show as gaps. */
function fillDays(found: { day: string; exchanges: number }[]): { day: string; exchanges: number }[] {
  const newest = found.at(-1)?.day;
  if (!newest) return [];
  const byDay = new Map(found.map((row) => [row.day, row.exchanges]));
  const end = Date.parse(newest);
  return Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = new Date(end - (SHOWN_DAYS - 1 - index) * DAY).toISOString().slice(0, 10);
    return { day, exchanges: byDay.get(day) ?? 0 };
  });
}
