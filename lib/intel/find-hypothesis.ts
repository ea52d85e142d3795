import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { lockCampaign } from './find-campaign';
import type { EvidenceSide, HypothesisState } from './schema';

export interface LockedHypothesis {
  id: number;
  state: HypothesisState;
  confidence: number;
  revision: number;
  actor: { name: string };
  campaign: { id: number; name: string };
  evidence: { side: EvidenceSide; withdrawn: boolean }[];
}

/** Reads a hypothesis with its campaign locked: its rivals stay as they are, too. @throws AppError not_found */
export async function lockHypothesis(tx: Transaction, id: number): Promise<LockedHypothesis> {
  const found = await tx.hypothesis.findUnique({ where: { id }, select: { campaignId: true } });
  if (!found) throw new AppError('not_found', 'There is no such hypothesis. Reload the page.');
  const campaign = await lockCampaign(tx, found.campaignId);
  const row = await tx.hypothesis.findUniqueOrThrow({
    where: { id },
    include: { actor: { select: { name: true } }, evidence: { select: { side: true, withdrawnAt: true } } },
  });
  return {
    id: row.id,
    state: row.state,
    confidence: row.confidence,
    revision: row.revision,
    actor: row.actor,
    campaign,
    evidence: row.evidence.map(({ side, withdrawnAt }) => ({ side, withdrawn: withdrawnAt !== null })),
  };
}
