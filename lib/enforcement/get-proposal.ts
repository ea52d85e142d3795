import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import type { EvidenceSummary } from '@/lib/clusters/schema';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { accountsLastHour } from './count-items';
import { readStages } from './get-progress';
import { guardrails } from './guardrails';
import { listStands, sha256Of, sortIds } from './hash-list';
import { type ProposalWithRow, readerRefusal, rowInclude, toRow } from './proposal-row';
import { chooseProvider } from './providers/choose-provider';
import { FROM_STATUS, proposalRef, readCaps } from './rules';
import type { Impact, ProposalDetail, SteerInput } from './schema';
import { accountsProposedToday, findOverlaps } from './weigh-proposal';

/** All that a proposal's page shows at once; what moves while it runs comes from getProgress.
 * @throws AppError forbidden, not_found */
export async function getProposal(actor: Actor, id: number): Promise<ProposalDetail> {
  requireRight(actor, 'desk.read');
  const proposal = await database().proposal.findUnique({
    where: { id },
    include: { ...rowInclude, erasures: { orderBy: { ordinal: 'asc' } } },
  });
  if (!proposal)
    throw new AppError('not_found', `There is no proposal ${proposalRef(id)}. Open it from the list again.`);
  const [items, stages, drift, today, hour, { provider, shadow }] = await Promise.all([
    database().proposalItem.findMany({
      where: { proposalId: id },
      select: { accountKey: true, accountId: true, strength: true },
    }),
    readStages(id),
    readDrift(proposal),
    accountsProposedToday(database(), proposal.proposedById),
    accountsLastHour(database()),
    chooseProvider(),
  ]);
  const overlaps = await findOverlaps(database(), items, id);
  const impact = proposal.impact as unknown as Impact;
  const caps = readCaps(process.env);
  const counted = {
    done: stages.reduce((sum, s) => sum + s.done, 0),
    dead: stages.reduce((sum, s) => sum + s.dead, 0),
  };
  return {
    ...toRow(actor, proposal, counted),
    sha256: proposal.sha256,
    impact,
    guardrails: guardrails({
      impact,
      caps,
      usedToday: today,
      proposer: proposal.proposedBy.name,
      overlaps,
      unchanged: listStands(
        proposal.sha256,
        sha256Of(sortIds(items.map((item) => item.accountId))),
        proposal.erasures,
      ),
    }),
    evidence: proposal.evidence as unknown as EvidenceSummary[],
    approvalRows: proposal.approvals.map((a) => ({ ...a, at: a.at.toISOString() })),
    drift,
    stages,
    startedAt: proposal.startedAt?.toISOString() ?? null,
    finishedAt: proposal.finishedAt?.toISOString() ?? null,
    strengths: histogram(items.map((item) => item.strength)),
    provider: { name: provider.name, simulated: provider.simulated, shadow },
    refusal: readerRefusal(actor, proposal),
    caps: {
      action: { used: proposal.accountCount, limit: caps.action },
      personDay: { used: today, limit: caps.personDay },
      hour: { used: hour, limit: caps.hour },
    },
    maySteer: maySteer(actor, proposal),
  };
}

function maySteer(actor: Actor, proposal: ProposalWithRow): ProposalDetail['maySteer'] {
  const steers = may(actor, 'enforcement.steer');
  const fits = (to: SteerInput['to']) => (FROM_STATUS[to] as readonly string[]).includes(proposal.status);
  const own = actor.kind === 'user' && actor.id === proposal.proposedById && may(actor, 'proposal.create');
  return {
    pause: steers && fits('pause'),
    resume: steers && fits('resume'),
    stop: steers && fits('stop'),
    withdraw: own && fits('withdraw'),
  };
}

/** Strengths in 20 equal bins from 0 to 1. */
function histogram(strengths: readonly number[]): number[] {
  const bins = new Array<number>(20).fill(0);
  for (const strength of strengths) {
    const bin = Math.min(19, Math.max(0, Math.floor(strength * 20)));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

/** Members that a later run added to the cluster, and accounts of the list that are no longer in it. */
async function readDrift(proposal: ProposalWithRow): Promise<{ joined: number; left: number }> {
  const [row] = await database().$queryRaw<{ joined: number; left: number }[]>`
    SELECT
      (SELECT count(*)::int FROM cluster_member m JOIN detection_run r ON r.id = m.joined_run_id
        WHERE m.cluster_id = ${proposal.clusterId} AND m.role <> 'weak' AND r.finished_at > ${proposal.proposedAt}::timestamptz
          AND NOT EXISTS (SELECT 1 FROM proposal_item i
            WHERE i.proposal_id = ${proposal.id} AND i.account_key = m.account_key)) AS joined,
      (SELECT count(*)::int FROM proposal_item i
        WHERE i.proposal_id = ${proposal.id} AND NOT EXISTS (SELECT 1 FROM cluster_member m
          WHERE m.cluster_id = ${proposal.clusterId} AND m.account_key = i.account_key AND m.role <> 'weak')) AS left`;
  return row ?? { joined: 0, left: 0 };
}
