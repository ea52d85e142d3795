/** A block of whole lines → a chunk. */
import { Buffer, isUtf8 } from 'node:buffer';
import { parseRecord } from '@/lib/records/parse-record';
import { LINE_FEED, tooLong } from '@/lib/records/read-lines';
import type { Door } from './door';
import type { QuickExchanges } from './quick-exchanges';
import { takeParsed } from './read-chunks';
import type { SketchedChunk } from './sketched-chunk';
import type { Sketcher } from './sketcher';

export interface BlockTask {
  bytes: Uint8Array<ArrayBuffer>;
  /** How much of it counts. */
  length: number;
  /** True when the input begins with it, perhaps with a byte order mark. */
  isFirst: boolean;
  /** A longer line is not taken. */
  lineBytes: number;
}

export function sketchBlock(
  sketcher: Sketcher,
  door: Door,
  quick: QuickExchanges,
  { bytes, length, ...how }: BlockTask,
): SketchedChunk {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, length);
  const isText = isUtf8(block);
  let lines = 0;
  for (let from = 0; from < block.length; ) {
    const feed = block.indexOf(LINE_FEED, from);
    const end = feed < 0 ? block.length : feed;
    lines++;
    const isQuick = isText && end - from <= how.lineBytes && quick.take(block, from, end);
    if (!isQuick) takeLine(sketcher, door, lines, block.subarray(from, end), isText, how);
    from = end + 1;
  }
  return sketcher.finish(lines);
}

function takeLine(
  sketcher: Sketcher,
  door: Door,
  number: number,
  line: Buffer,
  isText: boolean,
  { isFirst, lineBytes }: Pick<BlockTask, 'isFirst' | 'lineBytes'>,
): void {
  if (line.length > lineBytes) {
    sketcher.reject(number, tooLong(lineBytes));
  } else if (!isText && !isUtf8(line)) {
    sketcher.reject(number, 'not valid UTF-8');
  } else {
    let text = line.toString('utf8');
    if (isFirst && number === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    if (text.charCodeAt(0) !== 123 && text.trim() === '') return;
    takeParsed(sketcher, door, number, parseRecord(text.endsWith('\r') ? text.slice(0, -1) : text, door.now));
  }
}
