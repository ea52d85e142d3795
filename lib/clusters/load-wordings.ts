/** Sketches of the wordings that accounts showed: the texts themselves are never all in memory. */
import { pool } from '@/lib/database/pool';
import { SKETCH_BYTES, sketchWords } from '@/lib/detection/min-hash';
import type { Snapshot } from '@/lib/detection/schema';
import type { LoadedLinks } from './load-links';

const WORDING_KINDS = ['template', 'system_prompt'];
const PAGE = 20_000;

/** Every template and system prompt that some account of the snapshot has, in the order of their ids. */
export async function loadWordings(links: LoadedLinks): Promise<NonNullable<Snapshot['wordings']>> {
  const placeOf = new Map<number, number>();
  const wanted = WORDING_KINDS.map((kind) => links.kinds.indexOf(kind));
  links.indicatorOf.forEach((indicator, value) => {
    if (wanted.includes(links.valueKind[value]!)) placeOf.set(indicator, value);
  });
  const value = new Int32Array(placeOf.size);
  const sketches = new Uint8Array(placeOf.size * SKETCH_BYTES);
  let found = 0;
  for (let last: string | undefined = '-9223372036854775808'; last !== undefined; ) {
    const page: { rows: [string, string][] } = await pool().query({
      rowMode: 'array',
      text: `SELECT id::text, value FROM indicator WHERE kind = ANY($1) AND id > $2::bigint ORDER BY indicator.id LIMIT $3`,
      values: [WORDING_KINDS, last, PAGE],
    });
    for (const [id, text] of page.rows) {
      const place = placeOf.get(links.findIndicator(id));
      if (place === undefined) continue;
      value[found] = place;
      sketchWords(text, sketches, found * SKETCH_BYTES);
      found++;
    }
    last = page.rows.length < PAGE ? undefined : page.rows.at(-1)?.[0];
  }
  return { value: value.subarray(0, found), sketches: sketches.subarray(0, found * SKETCH_BYTES) };
}
