/**
 * Names and values get numbers at first sight, so that exchanges are columns of integers. Whoever reads the input
 * keeps a Vocabulary; whoever writes keeps the same in the form of Learnt, told by the news that come with each chunk.
 */
import { hashIdentity, type Id64 } from '@/lib/records/hash-identity';
import { networkPrefix } from './indicators';

/** So many names and values are remembered, twice over with Learnt; then the numbering begins anew. */
const REMEMBERED = 500_000;

/** What was seen for the first time, in the order of the numbers. */
export interface News {
  /** True when all numbers begin at 0 again with this. */
  startsAnew: boolean;
  accounts: string[];
  models: string[];
  kinds: string[];
  values: string[];
  /** Upper and lower half of each value's id. */
  ids: Int32Array;
  /** Number of the network of an address, -1 for all else. */
  prefixes: Int32Array;
}

export class Vocabulary {
  private accounts = new Map<string, number>();
  private models = new Map<string, number>();
  private values = new Map<string, Map<string, number>>();
  private size = 0;
  private valuesSize = 0;
  private news = emptyNews(true);
  private ids: number[] = [];
  private prefixes: number[] = [];
  private accountNames: string[] = [];
  /** Changes when the numbering begins anew. */
  generation = 0;

  findAccount(name: string): number | undefined {
    return this.accounts.get(name);
  }

  accountName(number: number): string {
    return this.accountNames[number]!;
  }

  account(name: string): number {
    const found = this.accounts.get(name);
    if (found !== undefined) return found;
    this.size++;
    this.accountNames.push(name);
    this.news.accounts.push(name);
    this.accounts.set(name, this.accounts.size);
    return this.accounts.size - 1;
  }

  model(name: string): number {
    const found = this.models.get(name);
    if (found !== undefined) return found;
    this.size++;
    this.news.models.push(name);
    this.models.set(name, this.models.size);
    return this.models.size - 1;
  }

  /** The number of a value; that of its network comes right after an address. */
  value(kind: string, value: string): number {
    let ofKind = this.values.get(kind);
    if (!ofKind) {
      ofKind = new Map();
      this.values.set(kind, ofKind);
    }
    const found = ofKind.get(value);
    if (found !== undefined) return found;
    const number = this.valuesSize++;
    this.size++;
    ofKind.set(value, number);
    const place = this.learn(kind, value);
    const prefix = kind === 'ip' ? networkPrefix(value) : null;
    if (prefix !== null) this.prefixes[place] = this.value('prefix', prefix);
    return number;
  }

  /** Call between chunks, never within one. @returns what is new since the last call */
  takeNews(): News {
    const news = { ...this.news, ids: Int32Array.from(this.ids), prefixes: Int32Array.from(this.prefixes) };
    this.ids = [];
    this.prefixes = [];
    this.news = emptyNews(false);
    if (this.size > REMEMBERED) this.forget();
    return news;
  }

  private learn(kind: string, value: string): number {
    const { high, low }: Id64 = hashIdentity(kind, value);
    this.news.kinds.push(kind);
    this.news.values.push(value);
    this.ids.push(high, low);
    return this.prefixes.push(-1) - 1;
  }

  private forget(): void {
    this.generation++;
    this.accounts = new Map();
    this.accountNames = [];
    this.models = new Map();
    this.values = new Map();
    this.size = 0;
    this.valuesSize = 0;
    this.news = emptyNews(true);
  }
}

const emptyNews = (startsAnew: boolean): News => ({
  startsAnew,
  accounts: [],
  models: [],
  kinds: [],
  values: [],
  ids: new Int32Array(0),
  prefixes: new Int32Array(0),
});
