/** What chunks say, without the numbers that each reader gives: equal for the same input, however it was read. */
import { VALUE_KINDS, VALUES_EACH } from '../exchange-columns';
import type { ReadChunk } from '../read-chunks';
import { type SketchedChunk, TEXT_KINDS, textAt } from '../sketched-chunk';
import type { News } from '../vocabulary';

/** Names by their numbers, as Learnt keeps keys. */
class Names {
  accounts: string[] = [];
  models: string[] = [];
  values: { kind: string; value: string; id: string; prefix: number }[] = [];

  follow(news: News): void {
    if (news.startsAnew) {
      this.accounts = [];
      this.models = [];
      this.values = [];
    }
    this.accounts.push(...news.accounts);
    this.models.push(...news.models);
    news.values.forEach((value, n) => {
      const id = `${news.ids[n * 2]}|${news.ids[n * 2 + 1]}`;
      this.values.push({ kind: news.kinds[n]!, value, id, prefix: news.prefixes[n]! });
    });
  }

  value(number: number): string[] {
    if (number < 0) return [];
    const { kind, value, id, prefix } = this.values[number]!;
    return [`${kind} ${value} ${id}`, ...this.value(prefix)];
  }
}

export async function spellOut(chunks: AsyncIterable<ReadChunk>) {
  const readers: Names[] = [];
  const said = {
    exchanges: [] as object[],
    observations: [] as object[],
    accounts: [] as object[],
    releases: [] as object[],
    appeals: [] as object[],
    rejects: [] as object[],
    unknownKeys: 0,
    records: 0,
    lines: 0,
    lastRecordAt: Number.NEGATIVE_INFINITY,
    error: undefined as string | undefined,
  };
  try {
    for await (const { chunk, reader, linesBefore } of chunks) {
      readers[reader] ??= new Names();
      const names = readers[reader];
      names.follow(chunk.news);
      for (let n = 0; n < chunk.exchanges.size; n++) said.exchanges.push(exchangeAt(chunk, n, names));
      for (let n = 0; n < chunk.observations.at.length; n++) {
        const { account, value, at, count, derived, carried } = chunk.observations;
        said.observations.push({
          account: names.accounts[account[n]!],
          value: names.value(value[n]!)[0],
          rest: [at[n], count[n], derived[n], carried[n]],
        });
      }
      said.accounts.push(...chunk.accounts);
      said.releases.push(...chunk.releases);
      said.appeals.push(...chunk.appeals);
      for (const { line, reason } of chunk.rejects) said.rejects.push({ line: linesBefore + line, reason });
      said.unknownKeys += chunk.unknownKeys;
      said.records += chunk.records;
      said.lines = linesBefore + chunk.lines;
      said.lastRecordAt = Math.max(said.lastRecordAt, chunk.lastRecordAt);
    }
  } catch (error) {
    said.error = String(error);
  }
  return said;
}

function exchangeAt({ exchanges, texts }: SketchedChunk, n: number, names: Names): object {
  return {
    account: names.accounts[exchanges.account[n]!],
    model: names.models[exchanges.model[n]!],
    identity: [...exchanges.identity.subarray(n * 2, n * 2 + 2)],
    at: exchanges.at[n],
    rest: [
      exchanges.patternClass[n],
      exchanges.inputTokens[n],
      exchanges.outputTokens[n],
      exchanges.carried[n],
    ],
    values: VALUE_KINDS.flatMap((_, k) => names.value(exchanges.values[n * VALUES_EACH + k]!)),
    texts: [0, 1].map((k) => {
      const place = exchanges.texts[n * 2 + k]!;
      if (place < 0) return null;
      return `${TEXT_KINDS[texts.kind[place]!]} ${textAt(texts, place)} ${texts.ids[place * 2]}|${texts.ids[place * 2 + 1]}`;
    }),
  };
}
