/** Tells people what the audit log has of interest to them, entry by entry in its order, each once. */
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { readSetting } from '@/lib/settings/read-setting';
import { readMail } from './channels';
import type { PersonalChannel } from './schema';
import { notificationWebhookSetting } from './webhook-settings-schema';

/** Entries looked at in one transaction. */
const BATCH = 1_000;
const NOTE = 300;

interface News {
  index: bigint;
  at: Date;
  actor: string;
  actorName: string;
  verb: string;
  objectType: string;
  objectId: string;
  label: string | null;
  reason: string | null;
  after: { reopened?: unknown } | null;
  detail: { comment?: unknown; to?: unknown } | null;
}

/**
 * Goes on from where it stopped last. The log's order is that of commits, so nothing is passed by, and the cursor moves in
 * the transaction that writes what it found, for the desk and for the outbox. @returns how many notifications were made
 */
export async function gatherNotifications(): Promise<number> {
  let made = 0;
  for (;;) {
    const { looked, written } = await inTransaction(gatherBatch);
    made += written;
    if (looked < BATCH) return made;
  }
}

async function gatherBatch(tx: Transaction): Promise<{ looked: number; written: number }> {
  // What stands in the log before the first look is nobody's news.
  await tx.$executeRaw`
    INSERT INTO notification_cursor ("only", next_index) SELECT true, COALESCE(max(index) + 1, 0) FROM audit_leaf
    ON CONFLICT DO NOTHING`;
  const [cursor] = await tx.$queryRaw<{ next: bigint }[]>`
    SELECT next_index AS next FROM notification_cursor FOR UPDATE`;
  if (!cursor) return { looked: 0, written: 0 };
  const leaves = await tx.auditLeaf.findMany({
    where: { index: { gte: cursor.next } },
    orderBy: { index: 'asc' },
    take: BATCH,
    select: { index: true },
  });
  const last = leaves.at(-1);
  if (!last) return { looked: 0, written: 0 };
  const news = await tx.$queryRaw<News[]>`
    SELECT l.index, e.at, e.actor, e.actor_name AS "actorName", e.verb, e.object_type AS "objectType",
      e.object_id AS "objectId", e.object_label AS label, e.reason, e.after, e.detail
    FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id
    WHERE l.index >= ${cursor.next} AND l.index <= ${last.index} AND e.outcome = 'done' AND e.verb IN
      ('cluster.comment', 'cluster.assign', 'cluster.reopen', 'proposal.create', 'enforcement.pause', 'enforcement.stop')
    ORDER BY l.index`;
  const ways = news.length > 0 ? await openWays(tx) : { mail: false, webhook: [] };
  let written = 0;
  for (const entry of news) written += await tell(tx, entry, ways);
  await tx.notificationCursor.updateMany({ data: { nextIndex: last.index + 1n } });
  return { looked: leaves.length, written };
}

/** Whether mail is sent, and which kinds the team's address is told of. */
interface Ways {
  mail: boolean;
  webhook: readonly string[];
}

async function openWays(tx: Transaction): Promise<Ways> {
  const { host, kinds } = (await readSetting(notificationWebhookSetting, tx)).value;
  return { mail: readMail() !== null, webhook: host === '' ? [] : kinds };
}

async function tell(tx: Transaction, entry: News, ways: Ways): Promise<number> {
  const heard = await hearers(tx, entry);
  if (!heard) return 0;
  const { kind } = heard;
  const actorId = Number(/^user:(\d+)$/.exec(entry.actor)?.[1] ?? 0);
  const userIds = [...new Set(heard.userIds)].filter((id) => id !== actorId);
  const people = await tx.user.findMany({
    where: { id: { in: userIds }, disabledAt: null },
    select: { id: true, notificationsOff: { where: { kind }, select: { channel: true } } },
  });
  const wanting = (channel: PersonalChannel) =>
    people.filter(({ notificationsOff }) => notificationsOff.every((off) => off.channel !== channel));
  const { index, actorName, objectType, objectId, at } = entry;
  const told = { kind, leafIndex: index, actorName, objectType, objectId, at };
  const atDesk = await tx.notification.createMany({
    data: wanting('desk').map(({ id }) => ({
      ...told,
      userId: id,
      label: entry.label,
      note: heard.note?.slice(0, NOTE) ?? null,
    })),
    skipDuplicates: true,
  });
  const leaving = await tx.notificationDelivery.createMany({
    data: [
      ...(ways.mail ? wanting('mail') : []).map(({ id }) => ({ ...told, channel: 'mail', userId: id })),
      ...(ways.webhook.includes(kind) ? [{ ...told, channel: 'webhook' }] : []),
    ],
    skipDuplicates: true,
  });
  return atDesk.count + leaving.count;
}

/** Who is to hear of an entry, and as what; null for nobody. */
async function hearers(
  tx: Transaction,
  entry: News,
): Promise<{ kind: string; userIds: number[]; note: string | null } | null> {
  const { verb, detail, reason } = entry;
  if (verb === 'cluster.comment' && typeof detail?.comment === 'number') {
    const comment = await tx.comment.findUnique({
      where: { id: detail.comment },
      select: { body: true, mentions: { select: { userId: true } } },
    });
    if (!comment || comment.mentions.length === 0) return null;
    return { kind: 'mention', userIds: comment.mentions.map((each) => each.userId), note: comment.body };
  }
  if (verb === 'cluster.assign' && typeof detail?.to === 'number')
    return { kind: 'assigned', userIds: [detail.to], note: reason };
  if (verb === 'proposal.create') return { kind: 'approval', userIds: await approvers(tx), note: reason };
  if (verb === 'cluster.reopen' && entry.after?.reopened === 'regrowth')
    return { kind: 'regrowth', userIds: await involved(tx, entry.objectId), note: null };
  if (verb === 'enforcement.pause' || verb === 'enforcement.stop')
    return {
      kind: 'stopped',
      userIds: [...(await approvers(tx)), ...(await proposer(tx, entry.objectId))],
      note: reason,
    };
  return null;
}

const numberIn = (ref: string) => Number(/^[A-Z]+-(\d{1,9})$/.exec(ref)?.[1] ?? 0);

async function approvers(tx: Transaction): Promise<number[]> {
  const people = await tx.user.findMany({
    where: { role: 'approver', disabledAt: null },
    select: { id: true },
  });
  return people.map(({ id }) => id);
}

/** Who decided on the cluster or wrote about it before; where nobody did, everybody who could. */
async function involved(tx: Transaction, ref: string): Promise<number[]> {
  const clusterId = numberIn(ref);
  const [decisions, comments] = await Promise.all([
    tx.decision.findMany({ where: { clusterId }, select: { authorId: true } }),
    tx.comment.findMany({ where: { clusterId }, select: { authorId: true } }),
  ]);
  const ids = [...decisions, ...comments].map(({ authorId }) => authorId);
  if (ids.length > 0) return ids;
  const people = await tx.user.findMany({
    where: { role: { in: ['analyst', 'approver'] }, disabledAt: null },
    select: { id: true },
  });
  return people.map(({ id }) => id);
}

async function proposer(tx: Transaction, ref: string): Promise<number[]> {
  const proposal = await tx.proposal.findUnique({
    where: { id: numberIn(ref) },
    select: { proposedById: true },
  });
  return proposal ? [proposal.proposedById] : [];
}
