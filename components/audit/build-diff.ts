/** What an entry changed, value by value, through everything that is nested. Pure. */

export interface DiffLine {
  /** "status", "tiers.large", "kinds[2]", "accounts[acct_1].state". */
  path: string;
  /** Null where the value is not there. */
  before: string | null;
  after: string | null;
  changed: boolean;
}

type Fields = Record<string, unknown> | null;

/** Deeper parts are compared as JSON. */
const DEPTH = 12;
/** Longer lists are compared by position alone. */
const ALIGNED = 400;

/** Changed values first, each group in the order it was written. */
export function buildDiff(before: Fields, after: Fields): DiffLine[] {
  const lines: DiffLine[] = [];
  if (before !== null || after !== null) compare('', before ?? {}, after ?? {}, lines, 0);
  return [...lines.filter((line) => line.changed), ...lines.filter((line) => !line.changed)];
}

const GONE = Symbol('not there');

function compare(path: string, before: unknown, after: unknown, lines: DiffLine[], depth: number): void {
  if (depth < DEPTH && isObject(before, after)) {
    compareObjects(path, before, after, lines, depth);
    return;
  }
  if (depth < DEPTH && isArray(before, after)) {
    compareLists(path, before, after, lines, depth);
    return;
  }
  const was = before === GONE ? null : plainValue(before);
  const is = after === GONE ? null : plainValue(after);
  lines.push({ path, before: was, after: is, changed: was !== is || typeof before !== typeof after });
}

/** Both are objects, or one is and the other is not there. */
function isObject(before: unknown, after: unknown): boolean {
  return [before, after].every((side) => side === GONE || isPlain(side)) && [before, after].some(isFilled);
}

function isArray(before: unknown, after: unknown): boolean {
  return (
    [before, after].every((side) => side === GONE || Array.isArray(side)) && [before, after].some(isFilled)
  );
}

/** What is empty is said in one line: "{}", "[]". */
function isFilled(side: unknown): boolean {
  return side !== GONE && side !== null && typeof side === 'object' && Object.keys(side).length > 0;
}

function isPlain(side: unknown): side is Record<string, unknown> {
  return side !== null && typeof side === 'object' && !Array.isArray(side);
}

function compareObjects(
  path: string,
  before: unknown,
  after: unknown,
  lines: DiffLine[],
  depth: number,
): void {
  const [was, is] = [before, after].map((side) => (isPlain(side) ? side : {})) as [object, object];
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
    compare(joinPath(path, key), fieldOf(was, key), fieldOf(is, key), lines, depth + 1);
}

function fieldOf(side: object, key: string): unknown {
  return Object.hasOwn(side, key) ? (side as Record<string, unknown>)[key] : GONE;
}

/** A key that could be read as a path is quoted. */
function joinPath(path: string, key: string): string {
  const name = /^[^\s.[\]"]+$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? name : `${path}.${name}`;
}

/** Objects with an id of their own are matched by it, wherever they stand; plain values by what stays in order. */
function compareLists(path: string, before: unknown, after: unknown, lines: DiffLine[], depth: number): void {
  const [was, is] = [before, after].map((side) => (Array.isArray(side) ? side : [])) as [
    unknown[],
    unknown[],
  ];
  const key = ['id', 'name', 'kind', 'key'].find((name) => isKey(name, was) && isKey(name, is));
  if (key !== undefined) {
    const [byIdBefore, byIdAfter] = [was, is].map((side) => byKey(side, key)) as [Keyed, Keyed];
    for (const id of new Set([...byIdBefore.keys(), ...byIdAfter.keys()]))
      compare(`${path}[${id}]`, get(byIdBefore, id), get(byIdAfter, id), lines, depth + 1);
  } else if ([...was, ...is].every(isScalar) && was.length + is.length <= ALIGNED) {
    compareScalars(path, was, is, lines);
  } else {
    for (let i = 0; i < Math.max(was.length, is.length); i++)
      compare(
        `${path}[${i}]`,
        i < was.length ? was[i] : GONE,
        i < is.length ? is[i] : GONE,
        lines,
        depth + 1,
      );
  }
}

type Keyed = Map<string, unknown>;
const get = (side: Keyed, id: string) => (side.has(id) ? side.get(id) : GONE);

function isKey(name: string, list: unknown[]): boolean {
  const values = list.map((item) => (isPlain(item) ? item[name] : undefined));
  return values.every((value) => typeof value === 'string' || typeof value === 'number') && unique(values);
}

function unique(values: unknown[]): boolean {
  return new Set(values.map(String)).size === values.length;
}

function byKey(list: unknown[], key: string): Keyed {
  return new Map(list.map((item) => [String((item as Record<string, unknown>)[key]), item]));
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

/** The longest common subsequence stays; the rest went or came. */
function compareScalars(path: string, was: unknown[], is: unknown[], lines: DiffLine[]): void {
  const [a, b] = [was.map(plainValue), is.map(plainValue)];
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ path: `${path}[${j}]`, before: a[i]!, after: b[j]!, changed: false });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ path: `${path}[${i}]`, before: a[i++]!, after: null, changed: true });
    } else {
      lines.push({ path: `${path}[${j}]`, before: null, after: b[j++]!, changed: true });
    }
  }
}

/** A JSON value on one line: text without quotes, anything with parts as JSON. */
export function plainValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
  return JSON.stringify(value) ?? 'null';
}
