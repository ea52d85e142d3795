import { requireRight } from '@/lib/access/require-right';
import { may, RIGHTS } from '@/lib/access/rules';
import type { Actor, Role } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import type { EvidenceSummary, PersonRef } from '@/lib/clusters/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { AppError } from '@/lib/errors';
import { appealRate } from './appeal-rate';
import { type AppealDetail, appealRef } from './appeal-schema';
import { readAppeals } from './list-appeals';
import type { ReasonCode } from './notice-schema';

/** One appeal with the act it is against, what spoke for that act, and who could judge it.
 * @throws AppError forbidden, not_found */
export async function getAppeal(actor: Actor, number: number): Promise<AppealDetail> {
  requireRight(actor, 'desk.read');
  const [row] = await readAppeals(actor, Prisma.sql`a.number = ${number}::int`);
  const found = await database().appeal.findUnique({
    where: { number },
    include: { account: true, decidedBy: person, restore: { select: { id: true, status: true } } },
  });
  if (!row || !found)
    throw new AppError('not_found', `There is no appeal ${appealRef(number)}. Open it from the list again.`);
  await noteRead(actor, { type: 'appeal', id: appealRef(number), label: row.accountId });
  const proposalId = row.act?.proposalId ?? null;
  const [actCase, others, eligible, rate] = await Promise.all([
    proposalId === null ? null : readCase(proposalId, found.accountKey, row.act?.kinds ?? []),
    database().appeal.findMany({
      where: { accountKey: found.accountKey, number: { not: number } },
      orderBy: { receivedAt: 'desc' },
      take: 20,
      select: { number: true, receivedAt: true, state: true },
    }),
    readEligible(proposalId, found.accountKey),
    proposalId === null ? null : appealRate(null, proposalId),
  ]);
  const { account } = found;
  const sensitive = may(actor, 'desk.read_sensitive');
  return {
    ...row,
    id: found.id,
    text: sensitive ? found.text : null,
    sensitive,
    assignedAt: found.assignedAt?.toISOString() ?? null,
    account: {
      state: account.enforcedStatus ?? account.reportedStatus,
      createdAt: account.createdAt?.toISOString() ?? null,
      plan: account.plan,
      verified: account.verifiedOrganization,
      enterprise: account.enterprise,
      monthlySpendUsd: account.monthlySpendUsd,
      lastPaidAt: account.lastPaidAt?.toISOString() ?? null,
      exchanges: Number(account.exchanges),
    },
    case: actCase,
    decision:
      found.state === 'open' || !found.decidedBy
        ? null
        : {
            verdict: found.state === 'granted' ? 'grant' : 'uphold',
            reason: found.reason ?? '',
            by: found.decidedBy,
          },
    restore: found.restore && { proposalId: found.restore.id, status: found.restore.status },
    others: others.map((other) => ({ ...other, receivedAt: other.receivedAt.toISOString() })),
    eligible,
    rate,
  };
}

const person = { select: { id: true, name: true } } as const;

async function readCase(
  proposalId: number,
  accountKey: number,
  kinds: readonly string[],
): Promise<AppealDetail['case']> {
  const [proposal, item] = await Promise.all([
    database().proposal.findUniqueOrThrow({
      where: { id: proposalId },
      include: {
        proposedBy: person,
        approvals: { orderBy: { id: 'asc' }, select: { verdict: true, approver: person } },
        cluster: { select: { decisions: { where: { verdict: 'confirm' }, select: { author: person } } } },
      },
    }),
    database().proposalItem.findUnique({
      where: { proposalId_accountKey: { proposalId, accountKey } },
      select: { outcome: true, previousStatus: true },
    }),
  ]);
  const evidence = proposal.evidence as unknown as EvidenceSummary[];
  const confirmed = new Map((proposal.cluster?.decisions ?? []).map(({ author }) => [author.id, author]));
  return {
    reason: proposal.reason,
    reasonCode: proposal.reasonCode as ReasonCode | null,
    proposedBy: proposal.proposedBy,
    proposedAt: proposal.proposedAt.toISOString(),
    answers: proposal.approvals.map(({ verdict, approver }) => ({ verdict, person: approver })),
    confirmedBy: [...confirmed.values()],
    outcome: item?.outcome ?? null,
    previousState: item?.previousStatus ?? null,
    evidence: evidence.filter(({ kind }) => kinds.includes(kind)),
    missing: evidence.map(({ kind }) => kind).filter((kind) => !kinds.includes(kind)),
  };
}

/** Everybody who decides appeals, can sign in, and had no part in the act. */
function readEligible(proposalId: number | null, accountKey: number): Promise<PersonRef[]> {
  const roles: readonly Role[] = RIGHTS['appeal.decide'];
  return database().$queryRaw<PersonRef[]>`
    SELECT id, name FROM app_user
    WHERE disabled_at IS NULL AND role::text = ANY(${roles}::text[])
      AND NOT had_part_in(id, ${proposalId}::int, ${accountKey}::int)
    ORDER BY name, id`;
}
