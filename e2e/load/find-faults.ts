/** After the load: whether every decision that was answered stands once, none that was refused does, and each cluster,
 * account and stream is in the state that its history gives. */
import { database } from '@/lib/database/client';
import type { Receiver } from '@/lib/enforcement/providers/testing/receivers';
import type { BigList } from '@/lib/enforcement/testing/insert-big-list';
import type { Decision, Outcome } from './analyst';

const EXPECTED: Record<Outcome, (count: number) => boolean> = {
  done: (count) => count === 1,
  refused: (count) => count === 0,
  // Its answer was lost with the database: it was kept whole, or not at all.
  unknown: (count) => count <= 1,
};

/** Decisions by the table that keeps them and by the audit. @returns faults, and how many decisions were found */
export async function findDecisionFaults(
  decisions: readonly Decision[],
): Promise<{ faults: string[]; found: number }> {
  const [comments, verdicts, entries] = await Promise.all([
    database().comment.findMany({ where: { body: { startsWith: 'soak ' } } }),
    database().decision.findMany({ where: { reason: { startsWith: 'soak ' } } }),
    database().auditEntry.findMany({
      where: { verb: { in: ['cluster.comment', 'cluster.confirm', 'cluster.dismiss', 'cluster.reopen'] } },
    }),
  ]);
  const kept = count([...comments.map(({ body }) => body), ...verdicts.map(({ reason }) => reason)]);
  const done = entries.filter(({ outcome }) => outcome === 'done');
  const commentWords = new Map(comments.map(({ id, body }) => [id, body]));
  const audited = count(
    done.map(({ reason, detail }) =>
      reason === null ? (commentWords.get((detail as { comment: number }).comment) ?? '') : reason,
    ),
  );
  const actors = new Map(done.map(({ reason, actor }) => [reason, actor]));
  const faults = decisions.flatMap(({ words, outcome, personId, verb }) => {
    const [tables, audit] = [kept.get(words) ?? 0, audited.get(words) ?? 0];
    const by = actors.get(words);
    const right = EXPECTED[outcome](tables) && tables === audit;
    const own = verb === 'comment' || by === undefined || by === `user:${personId}`;
    return right && own
      ? []
      : [`${words} (${verb}, ${outcome}): kept ${tables}, in the audit ${audit}, by ${by}`];
  });
  return { faults, found: decisions.filter(({ words }) => (audited.get(words) ?? 0) === 1).length };
}

const count = (words: readonly string[]) =>
  words.reduce((counts, each) => counts.set(each, (counts.get(each) ?? 0) + 1), new Map<string, number>());

interface Standing {
  status: string;
  assignee: string | null;
}

/** Each verdict began where the one before it ended, and the cluster stands where the last one left it. */
export async function findClusterFaults(): Promise<string[]> {
  const [entries, clusters] = await Promise.all([
    database().auditEntry.findMany({
      where: { verb: { in: ['cluster.confirm', 'cluster.dismiss', 'cluster.reopen'] }, outcome: 'done' },
      orderBy: { id: 'asc' },
    }),
    database().cluster.findMany({ select: { id: true, status: true, assignee: { select: { name: true } } } }),
  ]);
  const last = new Map<string, Standing>();
  const faults: string[] = [];
  for (const { id, objectId, before, after } of entries) {
    const [was, is] = [before as unknown as Standing, after as unknown as Standing];
    const known = last.get(objectId);
    if (known && (known.status !== was.status || known.assignee !== was.assignee))
      faults.push(
        `entry ${id} of ${objectId} begins at ${was.status}, the one before ended at ${known.status}`,
      );
    last.set(objectId, is);
  }
  for (const { id, status, assignee } of clusters) {
    const told = last.get(`CL-${id}`);
    if (told && (told.status !== status || told.assignee !== (assignee?.name ?? null)))
      faults.push(
        `CL-${id} is ${status} of ${assignee?.name}, the audit has ${told.status} of ${told.assignee}`,
      );
  }
  return faults;
}

/** One effect at the provider for each account of the ban, and every list, state and audit says so. */
export async function findBanFaults(list: BigList, receiver: Receiver): Promise<string[]> {
  const [rows, entries] = await Promise.all([
    database().$queryRaw<{ id: string; state: string; status: string | null }[]>`
      SELECT i.account_id AS id, i.state::text AS state, a.enforced_status::text AS status
      FROM proposal_item i JOIN account a ON a.key = i.account_key WHERE i.proposal_id = ${list.id}`,
    database().auditEntry.findMany({ where: { verb: 'enforcement.apply' } }),
  ]);
  const audited = count(
    entries.flatMap(({ detail }) =>
      (detail as { accounts: (string | { id: string; state: string })[] }).accounts.flatMap((each) =>
        typeof each === 'string' ? [each] : each.state === 'done' ? [each.id] : [],
      ),
    ),
  );
  const faults = rows.flatMap(({ id, state, status }) => {
    const [effects, told] = [receiver.effects.get(id) ?? 0, audited.get(id) ?? 0];
    const right = effects === 1 && told === 1 && state === 'done' && status === 'banned';
    return right ? [] : [`${id}: ${effects} effects, ${told} entries, ${state}, ${status}`];
  });
  if (rows.length !== list.accountIds.length)
    faults.push(`${rows.length} items of ${list.accountIds.length}`);
  return faults;
}
