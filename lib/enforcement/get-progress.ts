import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { countItems, readStageErrors } from './count-items';
import { readItems } from './list-items';
import { ERROR_SHARE, errorShare, proposalRef, readPace, STAGES } from './rules';
import type { ItemState, ProposalProgress, StageProgress } from './schema';

/** Items shown beside the stages. */
const RECENT = 50;

/** How far an action is, for the page that polls it. @throws AppError forbidden, not_found */
export async function getProgress(actor: Actor, proposalId: number): Promise<ProposalProgress> {
  requireRight(actor, 'desk.read');
  const [proposal, stages, recent] = await Promise.all([
    database().proposal.findUnique({ where: { id: proposalId }, select: { status: true, note: true } }),
    readStages(proposalId),
    readItems(proposalId, { state: undefined, q: undefined, offset: 0, limit: RECENT }),
  ]);
  if (!proposal) {
    throw new AppError(
      'not_found',
      `There is no proposal ${proposalRef(proposalId)}. Open it from the list again.`,
    );
  }
  const current = stages.find((s) => s.done + s.dead + s.skipped < s.total) ?? stages.at(-1);
  const errors = await readStageErrors(database(), proposalId, current?.stage ?? 0);
  return {
    status: proposal.status,
    note: proposal.note,
    stages,
    done: stages.reduce((sum, s) => sum + s.done, 0),
    total: stages.reduce((sum, s) => sum + s.total, 0),
    recent: recent.filter((row) => row.at !== null),
    errors: { share: errorShare(errors), limit: ERROR_SHARE },
    perSecond: readPace(process.env).perSecond,
  };
}

/** The stages that hold accounts, in order. */
export async function readStages(proposalId: number): Promise<StageProgress[]> {
  const rows = await countItems(database(), proposalId);
  return STAGES.flatMap(({ name, upTo }, stage) => {
    const inside = rows.filter((row) => row.stage === stage);
    const count = (state: ItemState) => inside.find((row) => row.state === state)?.count ?? 0;
    const total = inside.reduce((sum, row) => sum + row.count, 0);
    if (total === 0) return [];
    return {
      stage,
      name,
      upTo,
      total,
      done: count('done'),
      sent: count('sent'),
      retrying: count('retrying'),
      dead: count('dead'),
      skipped: count('skipped'),
    };
  });
}
