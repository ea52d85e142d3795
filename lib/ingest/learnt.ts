/** What one reader's numbers stand for, on the side that writes. */
import type { KeyResolver } from './resolve-keys';
import type { News } from './vocabulary';
import type { NewIndicator } from './write-indicators';

export class Learnt {
  private readonly accountIds: string[] = [];
  private readonly modelNames: string[] = [];
  private accountKeys = new Int32Array(256);
  private modelIds = new Int32Array(16);
  private accountsResolved = 0;
  private modelsResolved = 0;
  private readonly kinds: string[] = [];
  private readonly texts: string[] = [];
  private values = 0;
  /** Upper and lower half of each value's id. */
  ids = new Int32Array(1024);
  /** Number of the network of an address, -1 for all else. */
  prefixes = new Int32Array(512);

  /** The same, or a new one when the numbers begin anew. */
  follow(news: News): Learnt {
    if (news.startsAnew && (this.accountIds.length > 0 || this.values > 0 || this.modelNames.length > 0)) {
      return new Learnt().follow(news);
    }
    for (const id of news.accounts) this.accountIds.push(id);
    for (const name of news.models) this.modelNames.push(name);
    for (const kind of news.kinds) this.kinds.push(kind);
    for (const text of news.values) this.texts.push(text);
    this.ids = appended(this.ids, this.values * 2, news.ids);
    this.prefixes = appended(this.prefixes, this.values, news.prefixes);
    this.values += news.values.length;
    return this;
  }

  /** Makes sure that every account and model so far has its key. */
  async resolve(accounts: KeyResolver, models: KeyResolver): Promise<void> {
    const ids = this.accountIds.slice(this.accountsResolved);
    const keys = await accounts.resolve(ids);
    this.accountKeys = appended(this.accountKeys, this.accountsResolved, keys);
    this.accountsResolved += ids.length;
    const names = this.modelNames.slice(this.modelsResolved);
    this.modelIds = appended(this.modelIds, this.modelsResolved, await models.resolve(names));
    this.modelsResolved += names.length;
  }

  /** Keys are asked for again: some of them may have been erased. */
  unresolve(): void {
    this.accountsResolved = 0;
    this.modelsResolved = 0;
  }

  account(number: number): number {
    return this.accountKeys[number]!;
  }

  model(number: number): number {
    return this.modelIds[number]!;
  }

  /** Every value so far. */
  *all(): Generator<NewIndicator> {
    for (let n = 0; n < this.values; n++) {
      yield {
        high: this.ids[n * 2]!,
        low: this.ids[n * 2 + 1]!,
        kind: this.kinds[n]!,
        value: this.texts[n]!,
      };
    }
  }

  kind(value: number): string {
    return this.kinds[value]!;
  }
}

function appended(column: Int32Array<ArrayBuffer>, size: number, more: Int32Array): Int32Array<ArrayBuffer> {
  let target = column;
  if (size + more.length > column.length) {
    target = new Int32Array(Math.max(column.length * 2, size + more.length));
    target.set(column.subarray(0, size));
  }
  target.set(more, size);
  return target;
}
