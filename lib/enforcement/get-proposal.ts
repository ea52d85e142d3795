import { provenWithin } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import type { EvidenceSummary } from '@/lib/clusters/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { AppError } from '@/lib/errors';
import { histogram } from './choose-accounts';
import { accountsLastHour } from './count-items';
import { countLifted } from './count-lifted';
import { payingLimit } from './execution-rules';
import type { SourceDetail } from './find-source';
import { readStages } from './get-progress';
import { guardrails } from './guardrails';
import { listStands, sha256Of, sortIds } from './hash-list';
import { type ProposalWithRow, readerRefusal, rowInclude, toRow } from './proposal-row';
import { chooseProvider } from './providers/choose-provider';
import { readDrift } from './read-drift';
import { readTiersOf } from './read-tiers';
import { countHeld } from './recheck-proposal';
import { FROM_STATUS, groupOf, isOwnPaused, proposalRef, readCaps } from './rules';
import type { GroupAccounts, Impact, ImpactGroupName, ProposalDetail, SteerInput } from './schema';
import { suggestSplit } from './suggest-split';
import { accountsProposedToday, findOverlaps } from './weigh-proposal';
import type { Split } from './weigh-schema';

/** All that a proposal's page shows at once; what moves while it runs comes from getProgress.
 * @throws AppError forbidden, not_found */
export async function getProposal(actor: Actor, id: number): Promise<ProposalDetail> {
  requireRight(actor, 'desk.read');
  const proposal = await database().proposal.findUnique({
    where: { id },
    include: { ...rowInclude, ...linksInclude, erasures: { orderBy: { ordinal: 'asc' } } },
  });
  if (!proposal)
    throw new AppError('not_found', `There is no proposal ${proposalRef(id)}. Open it from the list again.`);
  const [items, stages, drift, today, hour, { provider, shadow }, tiers, held, groupAccounts, split] =
    await Promise.all([
      database().proposalItem.findMany({
        where: { proposalId: id },
        select: { accountKey: true, accountId: true, strength: true },
      }),
      readStages(id),
      readDrift(database(), proposal),
      accountsProposedToday(database(), proposal.proposedById),
      accountsLastHour(database()),
      chooseProvider(),
      readTiersOf(database(), proposal.tiersVersion),
      countHeld(database(), id),
      readGroupAccounts(id),
      readSplit(proposal),
    ]);
  const mine =
    actor.kind === 'user' && proposal.freshMinutes ? provenWithin(actor, proposal.freshMinutes) : null;
  const [overlaps, lifted] = await Promise.all([
    findOverlaps(database(), items, id),
    countLifted(
      database(),
      items.map((item) => item.accountKey),
    ),
  ]);
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
      action: proposal.action,
      impact,
      tiers,
      held,
      lifted,
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
    groupAccounts,
    split,
    evidence: proposal.evidence as unknown as EvidenceSummary[],
    approvalRows: proposal.approvals.map((a) => ({ ...a, at: a.at.toISOString() })),
    drift,
    stages,
    startedAt: proposal.startedAt?.toISOString() ?? null,
    finishedAt: proposal.finishedAt?.toISOString() ?? null,
    strengths: histogram(items.map((item) => item.strength)),
    provider: { name: provider.name, simulated: provider.simulated, shadow },
    refusal: readerRefusal(actor, proposal),
    freshMinutes: proposal.freshMinutes,
    signedInAt: mine?.toISOString() ?? null,
    restoresId: proposal.restoresId,
    companions: [
      ...proposal.companions.map((c) => c.id),
      ...(proposal.companionId ? [proposal.companionId] : []),
    ],
    replacesId: proposal.replacesId,
    replacedBy: proposal.replacedBy.map((p) => p.id),
    restoredBy: proposal.restoredBy.map((p) => p.id),
    list: listOf(proposal.sourceDetail),
    caps: {
      action: { used: proposal.accountCount, limit: caps.action },
      personDay: { used: today, limit: caps.personDay },
      hour: { used: hour, limit: caps.hour },
      paying: { used: groupOf(impact, 'paying').accounts, limit: payingLimit(caps, proposal.accountCount) },
    },
    maySteer: maySteer(actor, proposal),
  };
}

const linksInclude = {
  companions: { select: { id: true } },
  replacedBy: { select: { id: true } },
  restoredBy: { where: { status: { notIn: ['rejected', 'withdrawn', 'expired'] } }, select: { id: true } },
} satisfies Prisma.ProposalInclude;

/** How a waiting ban could be split; null for everything else. */
async function readSplit(proposal: Pick<ProposalWithRow, 'id' | 'action' | 'status'>): Promise<Split | null> {
  if (proposal.action !== 'ban' || proposal.status !== 'waiting') return null;
  const items = await database().proposalItem.findMany({
    where: { proposalId: proposal.id },
    select: {
      strength: true,
      kinds: true,
      groups: true,
      cluster: { select: { quadrant: true } },
      account: { select: { exchanges: true } },
    },
  });
  return suggestSplit(
    items.map(({ strength, kinds, groups, cluster, account }) => ({
      strength,
      kinds,
      quadrant: cluster?.quadrant ?? null,
      verified: groups.includes('verified'),
      enterprise: groups.includes('enterprise'),
      sharedNetwork: groups.includes('shared_network'),
      exchanges: Number(account.exchanges),
    })),
  );
}

/** Up to twenty accounts of each group of the frozen list, weakest first. */
async function readGroupAccounts(proposalId: number): Promise<GroupAccounts> {
  const rows = await database().$queryRaw<{ group: ImpactGroupName; ids: string[] }[]>`
    SELECT g AS group, (array_agg(i.account_id ORDER BY i.strength, i.account_id))[1:20] AS ids
    FROM proposal_item i, unnest(i.groups) g WHERE i.proposal_id = ${proposalId} GROUP BY g`;
  return Object.fromEntries(rows.map((row) => [row.group, row.ids]));
}

/** What became of a pasted list's entries; null for every other source. */
function listOf(detail: unknown): ProposalDetail['list'] {
  const { entries, repeated, unknown } = detail as SourceDetail;
  return entries === undefined ? null : { entries, repeated: repeated ?? 0, unknown: unknown ?? [] };
}

function maySteer(actor: Actor, proposal: ProposalWithRow): ProposalDetail['maySteer'] {
  const steers = may(actor, 'enforcement.steer');
  const fits = (to: SteerInput['to']) => (FROM_STATUS[to] as readonly string[]).includes(proposal.status);
  const own = actor.kind === 'user' && actor.id === proposal.proposedById && may(actor, 'proposal.create');
  return {
    pause: steers && fits('pause'),
    resume: steers && fits('resume') && !isOwnPaused(actor, proposal),
    stop: steers && fits('stop'),
    withdraw: own && fits('withdraw'),
  };
}
