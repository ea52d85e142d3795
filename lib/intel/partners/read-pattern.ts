/** Values that a STIX pattern names (part 9 of STIX 2.1): comparisons of one value, joined by OR. Pure. */
import { isIPv4, isIPv6 } from 'node:net';
import type { HashableKind, PlainKind } from '../share-schema';
import { TRAIT_TYPE } from '../stix/extension';
import { isHashableKind } from '../stix/value-rules';

export type NamedValue =
  | { kind: PlainKind; value: string; hashed: false }
  | { kind: HashableKind; value: string; hashed: true };

/** Why a pattern gives nothing: it breaks the grammar, or it says more than one value at a time. */
export type PatternProblem = 'invalid_pattern' | 'pattern_too_rich' | 'other_values';

type Token = { type: 'string' | 'word'; text: string };
interface Comparison {
  path: string;
  operator: string;
  value: string;
}

const TOKEN =
  /\s*(?:([thb]?'(?:[^'\\]|\\['\\])*')|([[\](),]|!=|<>|>=|<=|==|=|>|<)|([A-Za-z][\w-]*:[\w\-.'[\]*]+?(?:'[^']*')?(?=\s|=|!|>|<))|([\w.+-]+))/sy;
/** The grammar knows two spellings of each. */
const SAME_SIGN: Record<string, string> = { '==': '=', '<>': '!=' };
const LONGEST = 20_000;
const MOST_VALUES = 1_000;

/** What most feeds hold: one address and nothing else. */
const ONE_ADDRESS = /^\[(ipv[46]-addr:value) = '([0-9a-fA-F.:]+)'\]$/;

/** The values, or why there are none. */
export function readPattern(pattern: string): NamedValue[] | PatternProblem {
  const [, path, address] = ONE_ADDRESS.exec(pattern) ?? [];
  if (path && address) {
    const value = namedBy([{ path, operator: '=', value: address }]);
    return value ? [value] : 'other_values';
  }
  if (pattern.length > LONGEST) return 'pattern_too_rich';
  const tokens = tokenize(pattern);
  if (!tokens) return 'invalid_pattern';
  const groups = readGroups(tokens);
  if (typeof groups === 'string') return groups;
  const values: NamedValue[] = [];
  for (const group of groups) {
    const value = namedBy(group);
    if (value) values.push(value);
  }
  if (values.length > MOST_VALUES) return 'pattern_too_rich';
  // A pattern of which we know a part only would match more, or less, than was said.
  return values.length === groups.length ? values : 'other_values';
}

function tokenize(pattern: string): Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < pattern.length) {
    if (pattern.slice(TOKEN.lastIndex).trim() === '') break;
    const match = TOKEN.exec(pattern);
    if (!match) return null;
    const [, string, sign, path, word] = match;
    if (string !== undefined)
      tokens.push({
        type: 'string',
        text: string.slice(string.indexOf("'") + 1, -1).replaceAll(/\\(.)/gs, '$1'),
      });
    else tokens.push({ type: 'word', text: SAME_SIGN[sign ?? ''] ?? sign ?? path ?? word ?? '' });
  }
  return tokens;
}

/** Groups of comparisons joined by AND; the groups are joined by OR. */
function readGroups(tokens: readonly Token[]): Comparison[][] | PatternProblem {
  const groups: Comparison[][] = [];
  let at = 0;
  const is = (text: string) => tokens[at]?.type === 'word' && tokens[at]?.text === text;
  for (;;) {
    if (!is('[')) return tokens[at]?.text === '(' ? 'pattern_too_rich' : 'invalid_pattern';
    at++;
    let group: Comparison[] = [];
    for (;;) {
      if (is('(') || is('NOT') || is('EXISTS')) return 'pattern_too_rich';
      const [path, operator, value] = tokens.slice(at, at + 3);
      if (!path || !operator || !value || path.type !== 'word' || !path.text.includes(':'))
        return 'invalid_pattern';
      if (operator.text === 'NOT') return 'pattern_too_rich';
      if (operator.text === 'IN') {
        const set = readSet(tokens, at + 2);
        if (!set) return 'invalid_pattern';
        at = set.end;
        if (group.length > 0 || is('AND')) return 'pattern_too_rich';
        groups.push(...set.values.map((each) => [{ path: path.text, operator: '=', value: each }]));
        if (!is('OR')) break;
        at++;
        continue;
      }
      if (!/^(?:=|!=|<|>|<=|>=|LIKE|MATCHES|ISSUBSET|ISSUPERSET)$/.test(operator.text))
        return 'invalid_pattern';
      if (value.type === 'word' && !/^(?:-?\d+(?:\.\d+)?|true|false)$/.test(value.text))
        return 'invalid_pattern';
      group.push({ path: path.text, operator: operator.text, value: value.text });
      at += 3;
      if (is('AND')) at++;
      else if (is('OR')) {
        groups.push(group);
        group = [];
        at++;
      } else break;
    }
    if (group.length > 0) groups.push(group);
    if (!is(']')) return 'invalid_pattern';
    at++;
    if (at === tokens.length) return groups;
    if (is('OR')) at++;
    else
      return is('AND') || is('FOLLOWEDBY') || is('WITHIN') || is('REPEATS') || is('START')
        ? 'pattern_too_rich'
        : 'invalid_pattern';
  }
}

/** ('a', 'b'): any one of them. @param start where the bracket should be */
function readSet(tokens: readonly Token[], start: number): { values: string[]; end: number } | null {
  const values: string[] = [];
  for (let at = start; at + 2 < tokens.length; at += 2) {
    const [sign, value, after] = tokens.slice(at, at + 3);
    if (sign?.text !== (at === start ? '(' : ',') || sign.type !== 'word' || value?.type !== 'string')
      return null;
    values.push(value.text);
    if (after?.type === 'word' && after.text === ')') return { values, end: at + 3 };
  }
  return null;
}

const USER_AGENT = /^network-traffic:extensions\.'http-request-ext'\.request_header\.'?User-Agent'?$/i;
const PREFIX = /^(.+)\/(\d{1,3})$/;

function namedBy(group: readonly Comparison[]): NamedValue | null {
  const [only, other, ...more] = group;
  if (!only) return null;
  if (other) return more.length === 0 ? traitOf(only, other) : null;
  const { path, operator, value } = only;
  if (path === 'ipv4-addr:value' || path === 'ipv6-addr:value') {
    if (operator !== '=' && operator !== 'ISSUBSET') return null;
    const isAddress = path === 'ipv4-addr:value' ? isIPv4 : isIPv6;
    const [, network = '', length = ''] = PREFIX.exec(value) ?? [];
    if (network === '') return isAddress(value) ? { kind: 'ip', value, hashed: false } : null;
    const widest = path === 'ipv4-addr:value' ? 32 : 128;
    if (!isAddress(network) || Number(length) > widest) return null;
    return Number(length) === widest
      ? { kind: 'ip', value: network, hashed: false }
      : { kind: 'prefix', value, hashed: false };
  }
  if (operator !== '=') return null;
  if (path === 'autonomous-system:number' && /^\d{1,10}$/.test(value))
    return { kind: 'asn', value, hashed: false };
  return USER_AGENT.test(path) ? { kind: 'user_agent', value, hashed: false } : null;
}

/** Two comparisons: which trait it is, and its keyed hash. */
function traitOf(a: Comparison, b: Comparison): NamedValue | null {
  const find = (property: string) =>
    [a, b].find(({ path, operator }) => path === `${TRAIT_TYPE}:${property}` && operator === '=')?.value ??
    '';
  const [kind, value] = [find('trait'), find('value')];
  return isHashableKind(kind) && /^[0-9a-f]{64}$/.test(value) ? { kind, value, hashed: true } : null;
}
