import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { findConflict } from './account-conflicts';
import type { AccountDetail } from './account-schema';
import { getAccountActivity } from './get-account-activity';
import { getAccountIndicators } from './get-account-indicators';
import { byWeight, membershipSelect } from './list-accounts';

/** Everything known of one account, by the provider's id. Names, addresses, values and the text of appeals are null
 * for readers without 'desk.read_sensitive'; counts and states stay. @throws AppError forbidden, not_found */
export async function getAccount(actor: Actor, id: string): Promise<AccountDetail> {
  requireRight(actor, 'desk.read');
  const sensitive = may(actor, 'desk.read_sensitive');
  const account = await database().account.findUnique({
    where: { id: storableText(id) },
    include: {
      memberships: { select: membershipSelect },
      appeals: { orderBy: { receivedAt: 'desc' }, take: 50 },
      items: {
        orderBy: { proposalId: 'desc' },
        take: 50,
        include: { proposal: { select: { action: true, status: true, proposedAt: true } } },
      },
    },
  });
  if (!account) {
    throw new AppError('not_found', 'No account has this id. Look for it in the list of accounts.');
  }
  const [activity, held, conflictAt] = await Promise.all([
    getAccountActivity(account.key),
    getAccountIndicators(account.key, sensitive),
    findConflict(account.key),
    noteRead(actor, { type: 'account', id: account.id }),
  ]);
  return {
    id: account.id,
    forgottenAt: account.forgottenAt?.toISOString() ?? null,
    status: account.enforcedStatus ?? account.reportedStatus,
    reportedStatus: account.reportedStatus,
    enforcedStatus: account.enforcedStatus,
    enforcedAt: account.enforcedAt?.toISOString() ?? null,
    conflictAt: conflictAt?.toISOString() ?? null,
    profile: {
      displayName: sensitive ? account.displayName : null,
      emailDomain: sensitive ? account.emailDomain : null,
      organizationId: sensitive ? account.organizationId : null,
      signupIp: sensitive ? account.signupIp : null,
      plan: account.plan,
      country: account.country,
      program: account.program,
      verified: account.verifiedOrganization,
      enterprise: account.enterprise,
      monthlySpendUsd: account.monthlySpendUsd,
      lastPaidAt: account.lastPaidAt?.toISOString() ?? null,
      createdAt: account.createdAt?.toISOString() ?? null,
      firstSeenAt: account.firstSeenAt?.toISOString() ?? null,
      lastSeenAt: account.lastSeenAt?.toISOString() ?? null,
    },
    sensitive,
    exchanges: Number(account.exchanges),
    ...activity,
    memberships: account.memberships.sort(byWeight),
    ...held,
    enforcement: account.items.map((item) => ({
      proposalId: item.proposalId,
      action: item.proposal.action,
      proposalStatus: item.proposal.status,
      state: item.state,
      previousStatus: item.previousStatus,
      outcome: item.outcome,
      proposedAt: item.proposal.proposedAt.toISOString(),
      doneAt: item.doneAt?.toISOString() ?? null,
    })),
    appeals: account.appeals.map((appeal) => ({
      id: appeal.id,
      receivedAt: appeal.receivedAt.toISOString(),
      text: sensitive ? appeal.text : null,
    })),
  };
}
