/** Idempotency-Key: a request that is sent again gets the first one's answer, and has no second effect. */
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { AppError } from '@/lib/errors';
import { holdName } from './hold-name';
import { intakeLimits } from './intake-limits';
import type { RequestBody } from './read-body';

export interface KeptAnswer {
  status: number;
  /** Holds nothing of what came in. */
  body: Prisma.InputJsonObject;
  /** True when this is the first request's answer to a later one. */
  replayed?: boolean;
}

const MAX_KEY = 255;

/** The key of a header, quoted as the IETF draft has it or bare. @throws AppError bad_input */
export function readIdempotencyKey(header: string | null): string | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (key.length > 0 && key.length <= MAX_KEY && /^[\x20-\x7e]+$/.test(key)) return key;
  throw new AppError(
    'bad_input',
    `The Idempotency-Key must have 1 to ${MAX_KEY} printable ASCII characters, a UUID for example.`,
  );
}

/**
 * What `take` answers, or what it answered when this body came under this key before. A first request that failed or
 * was cut off leaves no answer, so that the next one is taken.
 * @param keyId whose Idempotency-Key it is: that of the API key
 * @param body made with `hashed`
 * @throws AppError key_reused when another body came under this key; conflict when the first is still under way
 */
export async function answerOnce(
  keyId: number,
  key: string,
  body: RequestBody,
  take: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const { repeatWaitMs, keptMs } = intakeLimits();
  let answer: KeptAnswer | undefined;
  // Until then nothing of the body is read, so that it can still be taken if the first one fails.
  const alone = await holdName(`idempotency ${keyId} ${key}`, repeatWaitMs, async () => {
    answer = await findAnswer(keyId, key, body);
    if (answer) return;
    answer = await take();
    await keepAnswer(keyId, key, await body.sha256(), answer, keptMs);
  });
  if (alone && answer) return answer;
  throw new AppError(
    'conflict',
    'The first request with this Idempotency-Key is still under way. Send this one again when it has ended: it then gets the same answer.',
  );
}

async function findAnswer(keyId: number, key: string, body: RequestBody): Promise<KeptAnswer | undefined> {
  const kept = await database().idempotencyKey.findUnique({ where: { keyId_key: { keyId, key } } });
  if (!kept || kept.expiresAt <= new Date()) return undefined;
  if (kept.sha256 === (await body.sha256())) {
    return { status: kept.status, body: kept.answer as Prisma.InputJsonObject, replayed: true };
  }
  throw new AppError(
    'key_reused',
    'This Idempotency-Key came with another body before, and nothing of this one was taken. Use a new key for new records, and the same bytes, compressed the same, to repeat a request.',
  );
}

async function keepAnswer(
  keyId: number,
  key: string,
  sha256: string,
  { status, body }: KeptAnswer,
  keptMs: number,
): Promise<void> {
  const now = new Date();
  const row = { sha256, status, answer: body, createdAt: now, expiresAt: new Date(now.getTime() + keptMs) };
  await database().idempotencyKey.deleteMany({ where: { expiresAt: { lte: now } } });
  await database().idempotencyKey.upsert({
    where: { keyId_key: { keyId, key } },
    create: { keyId, key, ...row },
    update: row,
  });
}
