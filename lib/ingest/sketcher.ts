/** Turns records into columns, reduced at the door: no prompt leaves this file. */
import type { AccountRecord, ExchangeRecord, ObservationRecord, WeirRecord } from '@/lib/records/schema';
import { parseTime } from '@/lib/records/times';
import { carriedFields } from './coverage-counts';
import { ExchangeColumns, VALUE_KINDS, VALUES_EACH } from './exchange-columns';
import { ExemplarPicker } from './exemplar-picker';
import { hashExchangeId, hashExchangeIdBefore } from './hash-identity';
import { accountIndicators, classifierLabel, templateOf } from './indicators';
import { classifyPrompt } from './sketch/classify-prompt';
import { promptSkeleton } from './sketch/prompt-skeleton';
import { sampledItem, sampledSession } from './sketch/sample-value';
import type { SketchedChunk } from './sketched-chunk';
import { TextColumns } from './text-columns';
import { Vocabulary } from './vocabulary';

export const INT4_MAX = 2_147_483_647;
export const UNKNOWN_MODEL = 'unknown';

const TASK_ITEM = VALUE_KINDS.indexOf('task_item');
export const SESSION = VALUE_KINDS.indexOf('session');
const LABEL = VALUE_KINDS.indexOf('label');

interface Observation {
  account: number;
  value: number;
  at: number;
  count: number;
  derived: boolean;
  carried: number;
}

/** Fills one chunk after another. */
export class Sketcher {
  readonly vocabulary = new Vocabulary();
  exchanges = new ExchangeColumns();
  texts = new TextColumns();
  readonly exemplars = new ExemplarPicker();
  records = 0;
  unknownKeys = 0;
  lastRecordAt = Number.NEGATIVE_INFINITY;
  private observations: Observation[] = [];
  private rejects: SketchedChunk['rejects'] = [];
  private accounts: AccountRecord[] = [];
  private releases: SketchedChunk['releases'] = [];
  private appeals: SketchedChunk['appeals'] = [];

  /** @param sha256Ids as in DoorRules */
  constructor(readonly sha256Ids = false) {}

  /** Lines with something in them so far. */
  get taken(): number {
    return this.records + this.rejects.length;
  }

  reject(line: number, reason: string): void {
    this.rejects.push({ line, reason });
  }

  add(record: WeirRecord): void {
    this.records++;
    switch (record.record) {
      case 'account':
        this.addAccount(record);
        break;
      case 'exchange':
        this.addExchange(record);
        break;
      case 'observation':
        this.addObservation(record, Math.min(record.count ?? 1, INT4_MAX), false, carriedFields(record));
        this.lastRecordAt = Math.max(this.lastRecordAt, parseTime(record.observed_at));
        break;
      case 'model_release':
        this.vocabulary.model(record.model);
        this.releases.push(record);
        break;
      case 'appeal':
        this.vocabulary.account(record.account_id);
        this.appeals.push(record);
        break;
    }
  }

  /** Adds what an accepted row says beside its record: an indicator, but no record and never a duplicate. */
  addBeside(record: ObservationRecord): void {
    this.addObservation(record, 1, true, 0);
  }

  /** @param lines how many lines it stands for. The next record begins another chunk. */
  finish(lines: number): SketchedChunk {
    const { observations } = this;
    const chunk: SketchedChunk = {
      lines,
      records: this.records,
      rejects: this.rejects,
      unknownKeys: this.unknownKeys,
      lastRecordAt: this.lastRecordAt,
      exchanges: this.exchanges.finish(),
      texts: this.texts.finish(),
      observations: {
        account: Int32Array.from(observations, (o) => o.account),
        value: Int32Array.from(observations, (o) => o.value),
        at: Float64Array.from(observations, (o) => o.at),
        count: Int32Array.from(observations, (o) => o.count),
        derived: Uint8Array.from(observations, (o) => Number(o.derived)),
        carried: Int32Array.from(observations, (o) => o.carried),
      },
      accounts: this.accounts,
      releases: this.releases,
      appeals: this.appeals,
      exemplars: this.exemplars.take(),
      news: this.vocabulary.takeNews(),
    };
    this.exchanges = new ExchangeColumns();
    this.texts = new TextColumns();
    this.observations = [];
    this.rejects = [];
    this.accounts = [];
    this.releases = [];
    this.appeals = [];
    this.records = 0;
    this.unknownKeys = 0;
    this.lastRecordAt = Number.NEGATIVE_INFINITY;
    return chunk;
  }

  /** Puts down the templates of an exchange's prompts. */
  putWords(
    place: number,
    record: Pick<ExchangeRecord, 'prompt' | 'system_prompt' | 'prompt_template' | 'account_id' | 'labels'>,
  ): void {
    this.putValue(place, TASK_ITEM, record.prompt && sampledItem(record.prompt));
    this.putValue(place, LABEL, classifierLabel(record.labels));
    const template = templateOf(record);
    const system = record.system_prompt ? promptSkeleton(record.system_prompt) : null;
    this.exchanges.texts[place * 2] = template === null ? -1 : this.texts.add('template', template);
    this.exchanges.texts[place * 2 + 1] = system === null ? -1 : this.texts.add('system_prompt', system);
    if (template !== null) this.exemplars.show(this, place, record);
  }

  /** Puts down the value of a kind that is not simply a field of its own. */
  putValue(place: number, kind: number, value: string | undefined): void {
    if (value)
      this.exchanges.values[place * VALUES_EACH + kind] = this.vocabulary.value(VALUE_KINDS[kind]!, value);
  }

  private addAccount(record: AccountRecord): void {
    this.accounts.push(record);
    const account = this.vocabulary.account(record.account_id);
    const at = parseTime(record.created_at);
    for (const [kind, text] of accountIndicators(record)) {
      const value = this.vocabulary.value(kind, text);
      this.observations.push({ account, value, at, count: 1, derived: true, carried: 0 });
    }
  }

  private addObservation(record: ObservationRecord, count: number, derived: boolean, carried: number): void {
    this.observations.push({
      account: this.vocabulary.account(record.account_id),
      value: this.vocabulary.value(record.kind, record.value),
      at: parseTime(record.observed_at),
      count,
      derived,
      carried,
    });
  }

  private addExchange(record: ExchangeRecord): void {
    const { exchanges, vocabulary } = this;
    const place = exchanges.add();
    const at = parseTime(record.occurred_at);
    exchanges.account[place] = vocabulary.account(record.account_id);
    const hashId = this.sha256Ids ? hashExchangeIdBefore : hashExchangeId;
    hashId(record.exchange_id, exchanges.identity, place * 2);
    exchanges.at[place] = at;
    exchanges.model[place] = vocabulary.model(record.model ?? UNKNOWN_MODEL);
    exchanges.patternClass[place] = classifyPrompt(record);
    exchanges.inputTokens[place] = Math.min(record.input_tokens ?? 0, INT4_MAX);
    exchanges.outputTokens[place] = Math.min(record.output_tokens ?? 0, INT4_MAX);
    exchanges.carried[place] = carriedFields(record);
    const values = valuesOf(record);
    for (let n = 0; n < VALUES_EACH; n++) {
      const value = values[n];
      exchanges.values[place * VALUES_EACH + n] =
        value === undefined ? -1 : vocabulary.value(VALUE_KINDS[n]!, value);
    }
    this.putValue(place, SESSION, record.session_id && sampledSession(record.session_id));
    this.putWords(place, record);
    if (at > this.lastRecordAt) this.lastRecordAt = at;
  }
}

/** Those that are fields of their own, in the order of VALUE_KINDS. */
function valuesOf(record: ExchangeRecord): (string | undefined)[] {
  const asn = record.asn === undefined ? undefined : `AS${record.asn}`;
  return [record.ip || undefined, record.client_fingerprint, record.user_agent, record.access_path, asn];
}
