import { expect, it } from 'vitest';
import { Door } from './door';
import { QuickExchanges } from './quick-exchanges';
import { sketchBlock } from './sketch-block';
import { Sketcher } from './sketcher';
import { randomLines } from './testing/random-lines';
import { spellOut } from './testing/spell-out';

const RULES = { now: Date.UTC(2026, 10, 22), horizon: Date.UTC(2026, 7, 3), forgotten: null };

/** The lines in blocks of some hundred, as threads take them. */
async function* quickly(lines: readonly string[], refuses = false) {
  const sketcher = new Sketcher();
  const door = new Door(RULES);
  const quick = new QuickExchanges(sketcher, door);
  if (refuses) quick.take = () => false;
  for (let from = 0; from < lines.length; from += 700) {
    const bytes = new Uint8Array(Buffer.from(`${lines.slice(from, from + 700).join('\n')}\n`));
    const task = { bytes, length: bytes.length, isFirst: from === 0, lineBytes: 1 << 20 };
    yield { chunk: sketchBlock(sketcher, door, quick, task), reader: 0, linesBefore: from };
  }
}

it('puts down what the ordinary way puts down, line by line, whatever comes', async () => {
  for (const seed of [1, 2, 3]) {
    const lines = [...randomLines(seed, 6_000)];
    const ordinary = await spellOut(quickly(lines, true));
    const quick = await spellOut(quickly(lines));
    for (const part of Object.keys(ordinary) as (keyof typeof ordinary)[]) {
      expect(JSON.stringify(quick[part]), `${part} of seed ${seed}`).toBe(JSON.stringify(ordinary[part]));
    }
  }
}, 60_000);

it('takes most well-formed exchanges, and what it leaves does not stop it', () => {
  const sketcher = new Sketcher();
  const quick = new QuickExchanges(sketcher, new Door(RULES));
  sketcher.vocabulary.account('a');
  const take = (more: object) => {
    const line = {
      record: 'exchange',
      exchange_id: 'e',
      account_id: 'a',
      occurred_at: '2026-08-04T00:00:00Z',
    };
    const bytes = Buffer.from(JSON.stringify({ ...line, ...more }));
    return quick.take(bytes, 0, bytes.length);
  };
  expect(take({})).toBe(true);
  expect(take({ prompt: 'a "quoted" naïve prompt\n', tool_names: ['bash'], labels: [] })).toBe(true);
  expect(take({ ip: '10.0.0.1', asn: 5, input_tokens: 3, region: 'eu', cost: 3 })).toBe(true);
  for (const odd of [
    { account_id: 'stranger' },
    { ip: '10.0.0.256' },
    { asn: 4_294_967_296 },
    { occurred_at: '2026-08-02T00:00:00Z' },
    { model: '' },
    { model: 'é' },
    { session_id: 'x'.repeat(129) },
    { output_tokens: 1.5 },
    { prompt: '\ud800' },
    { extra: { deep: 1 } },
  ]) {
    expect(take(odd), JSON.stringify(odd)).toBe(false);
  }
  expect(take({})).toBe(true);
  expect(sketcher.finish(0).records).toBe(4);
});
