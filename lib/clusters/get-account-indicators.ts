import { database } from '@/lib/database/client';
import { detectionKind } from '@/lib/detection/kinds';
import { rarity } from '@/lib/detection/rarity';
import { type AccountDetail, INDICATORS_SHOWN } from './account-schema';
import { isSensitiveKind } from './rules';

/** Rows read to count who shares one value: a user agent of a hundred thousand accounts must not hold up a page. */
const COUNTED_ROWS = 100_000;

type Held = Pick<AccountDetail, 'indicators' | 'indicatorKinds'>;
interface HeldRow {
  id: string;
  kind: string;
  value: string;
  count: number;
  firstDay: string;
  lastDay: string;
  accounts: number;
  counted: number;
}

/** What an account was seen with and how many accounts share each value: what ties it most to others (rarity times
 * what the kind says) first, values of this account alone last. Values of sensitive kinds are null unless `sensitive`. */
export async function getAccountIndicators(accountKey: number, sensitive: boolean): Promise<Held> {
  const [indicatorKinds, rows, population] = await Promise.all([
    database().$queryRaw<Held['indicatorKinds']>`
      SELECT i.kind, count(DISTINCT i.id)::int AS values
      FROM account_indicator h JOIN indicator i ON i.id = h.indicator_id
      WHERE h.account_key = ${accountKey} AND i.kind NOT IN ('task_item', 'session') GROUP BY i.kind ORDER BY 2 DESC, 1`,
    database().$queryRaw<HeldRow[]>`
      WITH mine AS (
        SELECT indicator_id, sum(count)::float8 AS count, min(day) AS first_day, max(day) AS last_day
        FROM account_indicator WHERE account_key = ${accountKey} GROUP BY indicator_id
      ), often AS (
        SELECT i.kind, i.value, mine.*,
          row_number() OVER (PARTITION BY i.kind ORDER BY mine.count DESC, mine.indicator_id) AS place
        FROM mine JOIN indicator i ON i.id = mine.indicator_id AND i.kind NOT IN ('task_item', 'session')
      )
      SELECT o.indicator_id::text AS id, o.kind, o.value, o.count, to_char(o.first_day, 'YYYY-MM-DD') AS "firstDay",
        to_char(o.last_day, 'YYYY-MM-DD') AS "lastDay", s.accounts, s.counted
      FROM often o CROSS JOIN LATERAL (
        SELECT count(DISTINCT h.account_key)::int AS accounts, count(*)::int AS counted
        FROM (
          SELECT account_key FROM account_indicator WHERE indicator_id = o.indicator_id LIMIT ${COUNTED_ROWS}::int
        ) h
      ) s
      WHERE o.place <= ${INDICATORS_SHOWN}::int
      ORDER BY o.count DESC, o.kind, o.value`,
    database().account.count(),
  ]);
  const weight = (row: HeldRow) =>
    row.accounts === 1
      ? -1
      : rarity(detectionKind(row.kind).lambda, row.accounts, Math.max(population, row.accounts));
  const strongest = rows.sort((a, b) => weight(b) - weight(a)).slice(0, INDICATORS_SHOWN);
  const indicators = strongest.map(({ counted, id, value, ...row }) => {
    const shown = sensitive || !isSensitiveKind(row.kind);
    return { ...row, id: shown ? id : '', value: shown ? value : null, atLeast: counted === COUNTED_ROWS };
  });
  return { indicators, indicatorKinds };
}
