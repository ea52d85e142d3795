/** Counts by field, kept cheap: a record adds one to its pattern of fields, and patterns are taken apart once a batch. */
import type { WeirRecord } from '@/lib/records/schema';
import {
  AT_FULL_HOUR,
  AT_MIDNIGHT,
  CONTRACT_FIELDS,
  type Coverage,
  KIND_FIELD,
  RECORD_KINDS,
  type RecordKind,
} from './coverage-schema';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Kinds of observation that are counted by name in one batch; strangers choose these names. */
const MAX_KINDS = 100;

/** Records with their oldest and newest time, in epoch milliseconds. */
interface Tally {
  records: number;
  first: number;
  last: number;
}

/** One line of the counts; the field '' stands for the records themselves. */
export interface CoverageRow extends Tally {
  record: RecordKind;
  field: string;
}

/** Which of its kind's contract fields a record carries with something in them: bit n is the nth field. */
export function carriedFields(record: WeirRecord): number {
  const fields = CONTRACT_FIELDS[record.record];
  const values = record as unknown as Record<string, unknown>;
  let mask = 0;
  for (let n = 0; n < fields.length; n++) {
    const value = values[fields[n]!];
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    mask |= 1 << n;
  }
  return mask;
}

/** The counts of one batch. */
export class CoverageCounts {
  private readonly patterns = new Map<RecordKind, Map<number, Tally>>();
  private readonly values = new Map<string, CoverageRow>();

  /** @param carried as carriedFields gives it @param at the record's own time, epoch ms */
  add(record: RecordKind, carried: number, at: number): void {
    let patterns = this.patterns.get(record);
    if (!patterns) {
      patterns = new Map();
      this.patterns.set(record, patterns);
    }
    const found = patterns.get(carried);
    if (found) widen(found, 1, at, at);
    else patterns.set(carried, { records: 1, first: at, last: at });
  }

  addExchange(carried: number, at: number): void {
    this.add('exchange', carried, at);
    if (at % HOUR_MS !== 0) return;
    this.addValue('exchange', AT_FULL_HOUR, at);
    if (at % DAY_MS === 0) this.addValue('exchange', AT_MIDNIGHT, at);
  }

  addObservation(kind: string, carried: number, at: number): void {
    this.add('observation', carried, at);
    this.addValue('observation', `${KIND_FIELD}${kind}`, at);
  }

  /** Every record kind and field that came, once. */
  rows(): CoverageRow[] {
    const rows = [...this.values.values()];
    for (const [record, patterns] of this.patterns) {
      const byField = new Map<string, CoverageRow>();
      for (const [carried, tally] of patterns) {
        addRow(byField, { ...tally, record, field: '' });
        CONTRACT_FIELDS[record].forEach((field, n) => {
          if (carried & (1 << n)) addRow(byField, { ...tally, record, field });
        });
      }
      rows.push(...byField.values());
    }
    return rows;
  }

  private addValue(record: RecordKind, field: string, at: number): void {
    const found = this.values.get(field);
    if (found) widen(found, 1, at, at);
    else if (this.values.size < MAX_KINDS) {
      this.values.set(field, { record, field, records: 1, first: at, last: at });
    }
  }
}

function addRow(rows: Map<string, CoverageRow>, row: CoverageRow): void {
  const found = rows.get(row.field);
  if (found) widen(found, row.records, row.first, row.last);
  else rows.set(row.field, { ...row });
}

function widen(tally: Tally, records: number, first: number, last: number): void {
  tally.records += records;
  tally.first = Math.min(tally.first, first);
  tally.last = Math.max(tally.last, last);
}

/** Counts of several batches, or of several runs, as one coverage. Rows of the same field are added up. */
export function toCoverage(rows: Iterable<CoverageRow>): Coverage {
  const byKind = new Map<string, Map<string, CoverageRow>>();
  for (const row of rows) {
    const byField = byKind.get(row.record) ?? new Map<string, CoverageRow>();
    byKind.set(row.record, byField);
    addRow(byField, row);
  }
  const coverage: Coverage = {};
  for (const kind of RECORD_KINDS) {
    const byField = byKind.get(kind);
    const all = byField?.get('');
    if (!byField || !all) continue;
    const fields = [...byField.values()].filter((row) => row.field !== '');
    coverage[kind] = {
      ...toCount(all),
      fields: Object.fromEntries(fields.map((row) => [row.field, toCount(row)])),
    };
  }
  return coverage;
}

const toCount = (tally: Tally) => ({
  records: tally.records,
  firstAt: new Date(tally.first).toISOString(),
  lastAt: new Date(tally.last).toISOString(),
});

/** The rows behind a coverage, to be added up with others. */
export function toRows(coverage: Coverage): CoverageRow[] {
  return RECORD_KINDS.flatMap((record) => {
    const kind = coverage[record];
    if (!kind) return [];
    return [['', kind] as const, ...Object.entries(kind.fields)].map(([field, count]) => ({
      record,
      field,
      records: count.records,
      first: Date.parse(count.firstAt),
      last: Date.parse(count.lastAt),
    }));
  });
}
