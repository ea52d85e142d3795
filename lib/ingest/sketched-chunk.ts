/** What came out of a piece of the input, ready to be handed to another thread: no prompt is in it but a few, redacted. */
import type { AccountRecord, AppealRecord, ModelReleaseRecord } from '@/lib/records/schema';
import type { ExchangeArrays } from './exchange-columns';
import type { News } from './vocabulary';

interface ObservationArrays {
  account: Int32Array;
  value: Int32Array;
  at: Float64Array;
  count: Int32Array;
  /** 1 when it stands for a field of another record, whose repetition is no duplicate. */
  derived: Uint8Array;
  carried: Int32Array;
}

/** Kinds of text that are kept only when they come again. */
export const TEXT_KINDS = ['template', 'system_prompt'] as const;

/** Distinct templates that exchanges of the chunk show. */
export interface TextArrays {
  /** Place in TEXT_KINDS. */
  kind: Uint8Array;
  /** Upper and lower half of each one's id. */
  ids: Int32Array;
  /** All of them in UTF-8, and where each ends. */
  bytes: Uint8Array;
  ends: Int32Array;
}

/** A prompt that is kept with its template, redacted. */
export interface PickedExemplar {
  /** Place of its exchange in the chunk. */
  place: number;
  text: string;
}

export interface SketchedChunk {
  /** Lines or rows that the chunk holds, blank ones included. */
  lines: number;
  /** Good records. */
  records: number;
  /** Lines that are none, counted from 1 within the chunk, in order. */
  rejects: { line: number; reason: string }[];
  unknownKeys: number;
  /** Time of the latest exchange or observation, epoch ms; -Infinity when there is none. */
  lastRecordAt: number;
  news: News;
  exchanges: ExchangeArrays;
  texts: TextArrays;
  observations: ObservationArrays;
  accounts: AccountRecord[];
  releases: ModelReleaseRecord[];
  appeals: AppealRecord[];
  exemplars: PickedExemplar[];
}

/** The text at a place of a chunk's texts. */
export function textAt({ bytes, ends }: TextArrays, place: number): string {
  const from = place === 0 ? 0 : ends[place - 1]!;
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, ends[place]! - from).toString('utf8');
}
