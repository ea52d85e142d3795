import type { z } from 'zod';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { storableText } from '@/lib/storable-text';
import { readStanding } from './cluster-standing';
import { mentionedIn } from './mention-schema';
import { requireUser } from './require-user';
import { clusterRef } from './rules';
import type { CommentRow, commentSchema } from './schema';

/** Adds a comment to a cluster in any state; "@name" mentions the people of that name. @throws AppError forbidden, not_found */
export async function addComment(actor: Actor, input: z.infer<typeof commentSchema>): Promise<CommentRow> {
  requireRight(actor, 'cluster.comment');
  const person = requireUser(actor);
  return inTransaction(async (tx) => {
    const cluster = await readStanding(tx, input.clusterId);
    const comment = await tx.comment.create({
      data: { clusterId: cluster.id, authorId: person.id, body: storableText(input.body) },
    });
    const people = await tx.user.findMany({ where: { disabledAt: null }, select: { id: true, name: true } });
    const mentions = mentionedIn(comment.body, people);
    await tx.commentMention.createMany({
      data: mentions.map(({ id: userId }) => ({ commentId: comment.id, userId })),
    });
    await tx.cluster.update({ where: { id: cluster.id }, data: { updatedAt: comment.at } });
    await writeAudit(tx, actor, {
      verb: 'cluster.comment',
      object: { type: 'cluster', id: clusterRef(cluster.id), label: cluster.name },
      detail: { comment: comment.id, ...(mentions.length > 0 && { mentions: mentions.length }) },
    });
    return {
      id: comment.id,
      author: { id: person.id, name: person.name },
      body: comment.body,
      mentions,
      at: comment.at.toISOString(),
    };
  });
}
