/** Which collections of partners are polled. */
import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { keepSecret } from '@/lib/settings/secrets';
import { storableText } from '@/lib/storable-text';
import {
  type AddFeedInput,
  addFeedSchema,
  type EndFeedInput,
  endFeedSchema,
  type FeedRow,
  feedSecret,
} from '../feed-schema';

/** From the next minute on the worker polls it. @throws ZodError, AppError forbidden, unproved; conflict when it is polled already */
export async function addFeed(actor: Actor, input: AddFeedInput): Promise<{ id: number }> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const { partner, signIn, userName, secret, minutes, reason, ...rest } = addFeedSchema.parse(input);
  const url = `${rest.url.replace(/(?:\/objects)?\/?$/, '')}/objects/`;
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('intel feeds', 0))`;
    if (await tx.intelFeed.findFirst({ where: { url, endedAt: null } }))
      throw new AppError('conflict', 'This collection is polled already. End the other one first.');
    const feed = await tx.intelFeed.create({
      data: { partner: storableText(partner), url, signIn, userName: storableText(userName), minutes },
    });
    if (signIn !== 'none')
      await keepSecret(tx, actor, feedSecret(feed.id), { text: secret, reason, previousEndsAt: null });
    await writeAudit(tx, actor, {
      verb: 'setting.change',
      object: { type: 'setting', id: `intel.feed.${feed.id}`, label: `Feed of ${partner}` },
      reason,
      after: { partner, url, signIn, minutes },
    });
    return { id: feed.id };
  });
}

/** What came from it stays. @throws ZodError, AppError forbidden, conflict */
export async function endFeed(actor: Actor, input: EndFeedInput): Promise<void> {
  requireRight(actor, 'settings.manage');
  const { feedId, reason } = endFeedSchema.parse(input);
  await inTransaction(async (tx) => {
    const { count } = await tx.intelFeed.updateMany({
      where: { id: feedId, endedAt: null },
      data: { endedAt: new Date() },
    });
    if (count === 0) throw new AppError('conflict', 'This feed is ended already. Reload the page.');
    await tx.settingSecret.deleteMany({ where: { name: feedSecret(feedId).name } });
    await writeAudit(tx, actor, {
      verb: 'setting.change',
      object: { type: 'setting', id: `intel.feed.${feedId}`, label: `Feed ${feedId}` },
      reason,
      after: { ended: true },
    });
  });
}

/** The feeds that are polled. @throws AppError forbidden */
export async function listFeeds(actor: Actor): Promise<FeedRow[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().intelFeed.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' } });
  return rows.map(({ id, partner, url, minutes, polledAt, nextPollAt, failures, problem }) => ({
    id,
    partner,
    url,
    minutes,
    polledAt: polledAt?.toISOString() ?? null,
    nextPollAt: nextPollAt.toISOString(),
    failures,
    problem,
  }));
}
