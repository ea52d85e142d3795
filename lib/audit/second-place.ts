/**
 * Where checkpoints are pushed, outside the database: a file that only grows (in the state folder, or the path in
 * WEIR_CHECKPOINTS), or an address that answers GET with the notes it holds (their end is asked for, by Range) and takes
 * one more by POST. Put it where whoever can restore or edit the database cannot write: then neither goes unnoticed.
 */
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { AppError } from '@/lib/errors';
import { logFile } from './log-state';

export interface SecondPlace {
  /** What people read: a path or an address. */
  name: string;
  /** The newest note it holds; null when it holds none. @throws AppError unavailable */
  newest(): Promise<string | null>;
  /** Adds a note. @throws AppError unavailable */
  push(note: string): Promise<void>;
}

/** Notes are far shorter than this. */
const TAIL_BYTES = 8_192;
const TIMEOUT_MS = 5_000;

export function secondPlace(logId: string): SecondPlace {
  const given = process.env.WEIR_CHECKPOINTS;
  return given && /^https?:\/\//.test(given) ? address(given) : file(given || logFile(logId, 'checkpoints'));
}

/** The notes of a text in which each is followed by an empty line. */
export function splitNotes(text: string): string[] {
  return text.match(/[^\n][\s\S]*?\n\n(?:\u2014 [^\n]*\n)+/g) ?? [];
}

function file(path: string): SecondPlace {
  return {
    name: path,
    async newest() {
      if (!existsSync(path)) return null;
      const open = openSync(path, 'r');
      try {
        const { size } = fstatSync(open);
        const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
        readSync(open, tail, 0, tail.length, size - tail.length);
        const text = tail.toString('utf8');
        // The first of the tail may have been cut; the last is whole unless writing it was interrupted.
        const note = splitNotes(text).at(-1) ?? null;
        if (size > 0 && !note) throw unavailable(path, 'holds no checkpoint');
        return note;
      } finally {
        closeSync(open);
      }
    },
    async push(note) {
      try {
        const open = openSync(path, 'a', 0o644);
        try {
          writeSync(open, `${note}\n`);
          fsyncSync(open);
        } finally {
          closeSync(open);
        }
      } catch (error) {
        throw unavailable(path, error instanceof Error ? error.message : String(error));
      }
    },
  };
}

function address(url: string): SecondPlace {
  const ask = async (init: RequestInit): Promise<Response> => {
    try {
      return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    } catch (error) {
      throw unavailable(url, error instanceof Error ? error.message : String(error));
    }
  };
  return {
    name: url,
    async newest() {
      const answer = await ask({ headers: { accept: 'text/plain', range: `bytes=-${TAIL_BYTES}` } });
      // 416: there is nothing of which to send the end.
      if (answer.status === 404 || answer.status === 416) return null;
      if (!answer.ok) throw unavailable(url, `answered ${answer.status}`);
      const text = await readTail(answer).catch((error: unknown) => {
        throw unavailable(url, error instanceof Error ? error.message : String(error));
      });
      const note = splitNotes(text).at(-1) ?? null;
      if (text.trim() !== '' && !note) throw unavailable(url, 'holds no checkpoint');
      return note;
    },
    async push(note) {
      const answer = await ask({
        method: 'POST',
        body: note,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      });
      if (!answer.ok) throw unavailable(url, `answered ${answer.status}`);
    },
  };
}

/** The end of an answer's text, whether or not the other side sends its end alone; never more than twice that in memory. */
async function readTail(answer: Response): Promise<string> {
  let tail = Buffer.alloc(0);
  for await (const chunk of answer.body ?? []) {
    tail = Buffer.concat([tail, chunk]);
    if (tail.length > TAIL_BYTES) tail = tail.subarray(-TAIL_BYTES);
  }
  return tail.toString('utf8');
}

function unavailable(place: string, words: string): AppError {
  return new AppError(
    'unavailable',
    `Checkpoints cannot be kept at ${place}: ${words}. Nothing is signed until they can.`,
  );
}
