import type pg from 'pg';
import { int8s } from '@/lib/database/binary-arrays';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import type { Id64 } from '@/lib/records/hash-identity';
import { IntTable } from './int-table';

export interface NewIndicator extends Id64 {
  kind: string;
  value: string;
}

/** Puts texts into the dictionary; what it holds already stays as it is. Must be called under the ingest lock. */
export async function writeIndicators(
  client: pg.ClientBase,
  indicators: readonly NewIndicator[],
): Promise<void> {
  if (indicators.length === 0) return;
  const ids = new IntTable(0);
  const given: NewIndicator[] = [];
  for (const indicator of indicators) {
    ids.place(indicator.high, indicator.low, 0, 0);
    if (ids.size > given.length) given.push(indicator);
  }
  const { rows: held } = await client.query<[number]>({
    rowMode: 'array',
    text: `SELECT t.place::int FROM unnest($1::bigint[]) WITH ORDINALITY AS t(id, place) JOIN indicator USING (id)`,
    values: [
      int8s(
        given.map(({ high }) => high),
        given.map(({ low }) => low),
      ),
    ],
  });
  const isHeld = new Uint8Array(given.length + 1);
  for (const [place] of held) isHeld[place] = 1;
  const rows = new BinaryRows();
  for (const [n, { high, low, kind, value }] of given.entries()) {
    if (isHeld[n + 1]) continue;
    rows.row(3);
    rows.int8Of(high, low);
    rows.text(kind);
    rows.text(value);
  }
  await copyRows(client, 'indicator', ['id', 'kind', 'value'], rows);
}
