import type pg from 'pg';
import type { Batch } from './batch';
import { toBigInt } from './hash-identity';
import { readRetention } from './retention-settings';
import { EXEMPLARS_EACH } from './sketch/exemplar-watch';

/** Keeps the redacted prompts of a batch with their templates: three of each at most, from as many accounts, and with
 * an expiry. None while the deployment's configuration is wrong. Must be called under the ingest lock. */
export async function writeExemplars(client: pg.ClientBase, { parts }: Batch): Promise<void> {
  const rows = parts.flatMap(({ chunk, learnt }) =>
    chunk.exemplars.map(({ place, text }) => {
      const template = chunk.exchanges.texts[place * 2]!;
      return {
        account: learnt.account(chunk.exchanges.account[place]!),
        template: toBigInt({ high: chunk.texts.ids[template * 2]!, low: chunk.texts.ids[template * 2 + 1]! }),
        patternClass: chunk.exchanges.patternClass[place]!,
        text,
      };
    }),
  );
  const days = rows.length === 0 ? 0 : daysKept();
  if (days === 0) return;
  await client.query(
    `INSERT INTO exemplar (account_key, template_id, class, text, expires_at)
     SELECT account, template, class, text, now() + make_interval(days => $5)
     FROM (
       SELECT *, row_number() OVER (PARTITION BY template ORDER BY n) AS rank
       FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::text[]) WITH ORDINALITY
         AS t(account, template, class, text, n)
       WHERE NOT EXISTS (SELECT FROM exemplar e WHERE e.account_key = account AND e.template_id = template)) fresh
     WHERE rank + (SELECT count(*) FROM exemplar e WHERE e.template_id = template) <= ${EXEMPLARS_EACH}
     ON CONFLICT DO NOTHING`,
    [
      rows.map((row) => row.account),
      rows.map((row) => String(row.template)),
      rows.map((row) => row.patternClass),
      rows.map((row) => row.text),
      days,
    ],
  );
}

function daysKept(): number {
  try {
    return readRetention(process.env).exemplarDays;
  } catch {
    return 0;
  }
}
