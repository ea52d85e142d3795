import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { readDestinations, type StreamDestination, targetOf } from './stream/read-destinations';
import type { StreamStanding, StreamsStanding } from './stream-schema';

/** Where the log is streamed to, and how far behind each place is. @throws AppError forbidden */
export async function getStreams(actor: Actor): Promise<StreamsStanding> {
  requireRight(actor, 'audit.read');
  try {
    const destinations = readDestinations(process.env);
    return { streams: await Promise.all(destinations.map(standingOf)), misconfigured: null };
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable')
      return { streams: [], misconfigured: error.forPerson };
    throw error;
  }
}

async function standingOf(destination: StreamDestination): Promise<StreamStanding> {
  const cursor = await database().streamCursor.findUnique({ where: { destination: destination.id } });
  const sent = Number(cursor?.nextIndex ?? 0);
  const [lag] = await database().$queryRaw<{ entries: number; seconds: number | null }[]>`
    SELECT GREATEST(0, coalesce((SELECT max("index") + 1 FROM audit_leaf), 0) - ${sent})::float8 AS entries,
      (SELECT extract(epoch FROM now() - sequenced_at) FROM audit_leaf WHERE "index" = ${sent})::float8 AS seconds`;
  return {
    kind: destination.kind,
    target: targetOf(destination),
    sent,
    lag: { entries: lag?.entries ?? 0, seconds: Math.max(0, lag?.seconds ?? 0) },
    deliveredAt: cursor?.deliveredAt?.toISOString() ?? null,
    failures: cursor?.failures ?? 0,
    nextAttemptAt: cursor?.nextAttemptAt?.toISOString() ?? null,
    problem: cursor?.problem ?? null,
  };
}
