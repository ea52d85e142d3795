/**
 * From what came in to what detection can and cannot see. Pure. A signal is off when no record carries its field,
 * partial below 80 % of the records that could, and has stopped when the field ends days before the records do.
 */
import type { Coverage, FieldCount, RecordKind, SignalFinding, SignalState } from './coverage-schema';
import { SIGNALS, type Signal } from './coverage-signals';

const DAY_MS = 86_400_000;
/** Below this share a signal is called partial. */
const ENOUGH = 0.8;
/** A field that would have come this often by now, had it gone on as before, has stopped. */
const STOPPED_AFTER_MS = 2 * DAY_MS;
const WORTH_MISSING = 20;

/** What each signal of detection has to go by: what hurts most first, what is missing before what is there. */
export function judgeCoverage(coverage: Coverage): SignalFinding[] {
  const findings = SIGNALS.map((signal) => judge(signal, coverage));
  const missing = findings.filter((finding) => finding.state !== 'on');
  return [...missing, ...findings.filter((finding) => finding.state === 'on')];
}

/**
 * Short sentences on what cannot be seen, or not wholly; what hurts most first. Empty when nothing came. Without any
 * account record one sentence says so, instead of one for each thing that only account records tell.
 */
export function describeGaps(coverage: Coverage): string[] {
  if (Object.keys(coverage).length === 0) return [];
  const implied = new Set(
    coverage.account ? [] : SIGNALS.filter((signal) => signal.impliedBy === 'created').map(({ id }) => id),
  );
  return judgeCoverage(coverage)
    .filter((finding) => finding.state !== 'on' && !implied.has(finding.id))
    .map((finding) => finding.sentence);
}

function judge(signal: Signal, coverage: Coverage): SignalFinding {
  const seen = findBest(signal, coverage);
  if (seen.records === 0 && signal.lesser) {
    const lesser = judgeLesser(signal, signal.lesser, coverage);
    if (lesser) return lesser;
  }
  const state = stateOf(signal, seen);
  const { id, label } = signal;
  const share = seen.of > 0 && !seen.observed ? seen.records / seen.of : null;
  const sentence = sentenceOf(signal, state, seen, share);
  const follows = followsOf(signal, state, seen);
  const fields = signal.from.map(([kind, field]) =>
    field === '' ? `${kind} records` : `${kind}.${field.split('=')[0]}`,
  );
  return { id, label, state, sentence, follows, fields, share, records: seen.records, of: seen.of };
}

/** What is left of a signal that only a lesser field feeds; null when that field is missing as well. */
function judgeLesser(
  signal: Signal,
  { from: [kind, field], words }: NonNullable<Signal['lesser']>,
  coverage: Coverage,
): SignalFinding | null {
  const of = coverage[kind]?.records ?? 0;
  const records = coverage[kind]?.fields[field]?.records ?? 0;
  if (records === 0) return null;
  return {
    id: signal.id,
    label: signal.label,
    state: 'partial',
    sentence: `No ${signal.what}: ${words}.`,
    follows: words.charAt(0).toUpperCase() + words.slice(1),
    fields: signal.from.map((each) => each.join('.')),
    share: records / of,
    records,
    of,
  };
}

interface Seen {
  records: number;
  of: number;
  kind: RecordKind;
  /** Oldest and newest record with the field, and newest record of its kind; null when none. */
  firstAt: string | null;
  lastAt: string | null;
  kindLastAt: string | null;
  /** True when it came as observations, of which no share can be told. */
  observed: boolean;
}

/** The field that says most among those that the signal can live on. */
function findBest(signal: Signal, coverage: Coverage): Seen {
  let best: Seen = {
    records: 0,
    of: 0,
    kind: signal.from[0][0],
    firstAt: null,
    lastAt: null,
    kindLastAt: null,
    observed: false,
  };
  for (const [kind, field] of signal.from) {
    const of = coverage[kind];
    const found = field === '' ? of : of?.fields[field];
    const records = signal.inverse ? (of?.records ?? 0) - (found?.records ?? 0) : (found?.records ?? 0);
    const seen: Seen = {
      records,
      of: of?.records ?? 0,
      kind,
      firstAt: signal.inverse ? null : (found?.firstAt ?? null),
      lastAt: signal.inverse ? null : (found?.lastAt ?? null),
      kindLastAt: of?.lastAt ?? null,
      observed: false,
    };
    if (best.of === 0 || shareOf(seen) > shareOf(best)) best = seen;
  }
  const observations = signal.observed?.map((kind) => coverage.observation?.fields[`kind=${kind}`]) ?? [];
  const observed = observations.reduce<FieldCount | undefined>(
    (most, each) => (each && each.records > (most?.records ?? 0) ? each : most),
    undefined,
  );
  if (!observed || shareOf(best) >= ENOUGH) return best;
  return {
    records: observed.records,
    of: coverage.observation?.records ?? 0,
    kind: 'observation',
    firstAt: observed.firstAt,
    lastAt: observed.lastAt,
    kindLastAt: coverage.observation?.lastAt ?? null,
    observed: true,
  };
}

const shareOf = (seen: Seen) => (seen.of === 0 ? 0 : seen.records / seen.of);

function stateOf(signal: Signal, seen: Seen): SignalState {
  if (seen.records === 0) return 'off';
  if (hasStopped(seen)) return 'stopped';
  if (seen.observed || signal.any) return 'on';
  return shareOf(seen) < ENOUGH ? 'partial' : 'on';
}

/** Of exchanges only: their times are when they were sent, those of accounts are not. */
function hasStopped({ kind, firstAt, lastAt, kindLastAt, records }: Seen): boolean {
  if (kind !== 'exchange' || firstAt === null || lastAt === null || kindLastAt === null) return false;
  const missing = Date.parse(kindLastAt) - Date.parse(lastAt);
  const span = Math.max(DAY_MS, Date.parse(lastAt) - Date.parse(firstAt));
  return missing > STOPPED_AFTER_MS && (records / span) * missing >= WORTH_MISSING;
}

function sentenceOf(signal: Signal, state: SignalState, seen: Seen, share: number | null): string {
  const { what, off, on } = signal;
  if (state === 'off') return `${signal.none ?? `No ${what}`}: ${off}.`;
  const name = what.charAt(0).toUpperCase() + what.slice(1);
  if (state === 'stopped') {
    return `${name} stopped on ${seen.lastAt?.slice(0, 10)}, newest ${wordOf(seen.kind)} ${seen.kindLastAt?.slice(0, 10)}: since then ${off}.`;
  }
  if (share === null) return `${name} in ${count(seen.records)} observations: ${on}.`;
  if (signal.any)
    return `${name} on ${count(seen.records)} of ${count(seen.of)} ${PLURAL[seen.kind]}: ${on}.`;
  const part = `${name} on ${percent(share)} of ${PLURAL[seen.kind]}`;
  return state === 'partial' ? `${part}: for the others ${off}.` : `${part}: ${on}.`;
}

function followsOf(signal: Signal, state: SignalState, { lastAt }: Seen): string {
  const words = state === 'on' ? signal.on : signal.off;
  if (state === 'partial') return `For the others ${words}`;
  if (state === 'stopped') return `Since ${lastAt?.slice(0, 10)} ${words}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const PLURAL: Record<RecordKind, string> = {
  account: 'account records',
  exchange: 'exchanges',
  observation: 'observations',
  model_release: 'model releases',
  appeal: 'appeals',
};

const wordOf = (kind: RecordKind) => PLURAL[kind].replace(/s$/, '');

const count = (value: number) => value.toLocaleString('en-US');

/** Never "100 %" of what is not all, and never "0 %" of what is something. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %';
  if (share < 1 && share > 0.99) return 'over 99 %';
  return `${Math.round(share * 100)} %`;
}
