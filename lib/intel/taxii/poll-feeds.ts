/** A TAXII 2.1 client: what partners have added since the last poll, page by page, through the guard of outgoing calls. */
import { z } from 'zod';
import { database } from '@/lib/database/client';
import type { IntelFeed } from '@/lib/database/generated/client';
import { AppError } from '@/lib/errors';
import { OutgoingError } from '@/lib/outgoing/outgoing-error';
import { sendRequest } from '@/lib/outgoing/send-request';
import { readSecrets } from '@/lib/settings/secrets';
import { feedSecret } from '../feed-schema';
import { importObjects } from '../partners/import-objects';
import { TAXII_TYPE } from './media-types';

const WORKER = { kind: 'system', name: 'worker' } as const;
const PAGE = 1_000;
const MOST_PAGES = 200;
const MOST_BYTES = 33_554_432;
const TIMEOUT_MS = 60_000;
/** A feed that is being polled is nobody else's for so long. */
const LEASE_MS = 30 * 60_000;
const MOST_PAUSE_MINUTES = 24 * 60;

/** Polls what is due. @returns how many objects came from each, or why none did */
export async function pollFeeds(
  signal: AbortSignal,
): Promise<{ feed: number; objects: number; problem: string | null }[]> {
  const due = await database().intelFeed.findMany({
    where: { endedAt: null, nextPollAt: { lte: new Date() } },
  });
  const done = [];
  for (const feed of due) {
    if (signal.aborted) break;
    const { count } = await database().intelFeed.updateMany({
      where: { id: feed.id, nextPollAt: feed.nextPollAt, endedAt: null },
      data: { nextPollAt: new Date(Date.now() + LEASE_MS) },
    });
    if (count === 1) done.push({ feed: feed.id, ...(await pollFeed(feed, signal)) });
  }
  return done;
}

async function pollFeed(
  feed: IntelFeed,
  signal: AbortSignal,
): Promise<{ objects: number; problem: string | null }> {
  let objects = 0;
  let problem: string | null = null;
  try {
    objects = await readPages(feed, signal);
  } catch (error) {
    if (!(error instanceof OutgoingError) && !(error instanceof AppError)) throw error;
    problem = (error instanceof AppError ? error.forPerson : error.message).slice(0, 500);
  }
  const failures = problem === null ? 0 : feed.failures + 1;
  const minutes = Math.min(MOST_PAUSE_MINUTES, feed.minutes * 2 ** Math.min(failures, 10));
  await database().intelFeed.update({
    where: { id: feed.id },
    data: {
      polledAt: new Date(),
      nextPollAt: new Date(Date.now() + (problem === null ? feed.minutes : minutes) * 60_000),
      failures,
      problem,
    },
  });
  return { objects, problem };
}

const pageSchema = z.looseObject({
  more: z.boolean().optional(),
  next: z.string().max(4_000).optional(),
  objects: z.array(z.unknown()).optional(),
});

async function readPages(feed: IntelFeed, signal: AbortSignal): Promise<number> {
  const headers = { accept: TAXII_TYPE, ...(await authorization(feed)) };
  let next: string | undefined;
  let objects = 0;
  for (let page = 0; page < MOST_PAGES && !signal.aborted; page++) {
    const url = new URL(feed.url);
    url.searchParams.set('limit', String(PAGE));
    if (feed.addedAfter) url.searchParams.set('added_after', feed.addedAfter);
    if (next !== undefined) url.searchParams.set('next', next);
    const answer = await sendRequest({
      url,
      method: 'GET',
      headers,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_BYTES,
      signal,
    });
    if (answer.status !== 200)
      throw new AppError(
        'unavailable',
        `The partner’s server answered ${answer.status}. Check address and sign-in.`,
      );
    if (!/^application\/(?:taxii|vnd\.oasis\.taxii)\+json/i.test(answer.headers['content-type'] ?? ''))
      throw new AppError('bad_input', 'The partner’s server answered something that is not TAXII.');
    const envelope = readEnvelope(answer.body);
    const count = envelope.objects?.length ?? 0;
    if (count > 0) {
      await importObjects(WORKER, [Buffer.from(answer.body)], {
        partner: feed.partner,
        via: 'poll',
        label: feed.url,
      });
      objects += count;
    }
    const last = answer.headers['x-taxii-date-added-last'];
    if (envelope.more !== true) {
      if (typeof last === 'string' && /^[\dT:.Z-]{20,40}$/.test(last))
        await database().intelFeed.update({ where: { id: feed.id }, data: { addedAfter: last } });
      return objects;
    }
    if (envelope.next === undefined || envelope.next === next)
      throw new AppError('bad_input', 'The partner’s server says that there is more and not where.');
    next = envelope.next;
  }
  return objects;
}

function readEnvelope(body: string) {
  try {
    return pageSchema.parse(JSON.parse(body));
  } catch (cause) {
    throw new AppError(
      'bad_input',
      'The partner’s server answered something that is no envelope of TAXII 2.1.',
      undefined,
      {
        cause,
      },
    );
  }
}

async function authorization({ id, signIn, userName }: IntelFeed): Promise<Record<string, string>> {
  if (signIn === 'none') return {};
  const [secret = ''] = await readSecrets(feedSecret(id));
  return {
    authorization:
      signIn === 'bearer'
        ? `Bearer ${secret}`
        : `Basic ${Buffer.from(`${userName}:${secret}`, 'utf8').toString('base64')}`,
  };
}
