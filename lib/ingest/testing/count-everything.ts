/** All that ingest counts, by the names that things have outside: our own keys are given in order of arrival. */
import pg from 'pg';

/** What each line of a table's digest is made of. */
const COUNTED: Record<string, string> = {
  exchange: `SELECT a.id, e.occurred_at, e.identity, m.name, e.class, e.input_tokens, e.output_tokens
    FROM exchange e JOIN account a ON a.key = e.account_key JOIN model m ON m.id = e.model_id`,
  observation: `SELECT a.id, o.indicator_id, o.observed_at, o.count
    FROM observation o JOIN account a ON a.key = o.account_key`,
  account_indicator: `SELECT a.id, l.indicator_id, l.day, sum(l.count)
    FROM account_indicator l JOIN account a ON a.key = l.account_key GROUP BY 1, 2, 3`,
  account_hour: `SELECT a.id, h.hour, h.class, m.name, sum(h.exchanges), sum(h.input_tokens), sum(h.output_tokens)
    FROM account_hour h JOIN account a ON a.key = h.account_key JOIN model m ON m.id = h.model_id GROUP BY 1, 2, 3, 4`,
  account_bins: `SELECT a.id, b.day, bit_or(b.bins)
    FROM account_bins b JOIN account a ON a.key = b.account_key GROUP BY 1, 2`,
  account: `SELECT id, created_at, plan, exchanges, first_seen_at, last_seen_at FROM account`,
  appeal: `SELECT a.id AS account, p.id, p.received_at FROM appeal p JOIN account a ON a.key = p.account_key`,
  // A template may be named before its second sighting, which must not miss any.
  indicator: `SELECT kind, value FROM indicator WHERE kind NOT IN ('template', 'system_prompt')`,
  unnamed: `SELECT indicator_id FROM account_indicator WHERE indicator_id NOT IN (SELECT id FROM indicator)
    GROUP BY 1 HAVING sum(count) > 1`,
  model: `SELECT name, released_at FROM model`,
  // An account or a release that is described again is taken again; all else counts once.
  ingest_coverage: `SELECT record, field, records, first_at, last_at FROM ingest_coverage
    WHERE record NOT IN ('account', 'model_release')`,
};

/** Rows and a digest of each table: equal when every count is. */
export async function countEverything(
  url: string,
): Promise<Record<string, { rows: number; digest: string }>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const counts: Record<string, { rows: number; digest: string }> = {};
    for (const [table, sql] of Object.entries(COUNTED)) {
      const { rows } = await client.query<{ rows: number; digest: string }>(
        `SELECT count(*)::int AS rows, md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")) AS digest
         FROM (${sql}) t`,
      );
      counts[table] = rows[0]!;
    }
    return counts;
  } finally {
    await client.end();
  }
}
