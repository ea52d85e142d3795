import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { readSetting } from '@/lib/settings/read-setting';
import {
  type Candidate,
  type Choice,
  chooseAccounts,
  groupAccountsOf,
  histogram,
  impactOf,
} from './choose-accounts';
import { countLifted } from './count-lifted';
import { findSource, type Source } from './find-source';
import { guardrails } from './guardrails';
import { sha256Of, sortIds } from './hash-list';
import type { PreviewInput, ProposalPreview } from './propose-schema';
import { countermeasuresSetting } from './provider-settings-schema';
import { readTiers } from './read-tiers';
import { approvalsRequired, readCaps } from './rules';
import { suggestSplit } from './suggest-split';

/** Accounts left out that a preview names. */
const LEFT_SHOWN = 100;

export interface Weighed {
  preview: ProposalPreview;
  chosen: Candidate[];
  source: Source;
  tiersVersion: number;
  waitHours: number;
}

/** What a proposal would hold and what speaks against it, from one reading of its source. Writes nothing.
 * @throws AppError not_found; bad_input when accounts are named that are strangers or weak members */
export async function weighProposal(
  tx: Transaction,
  proposer: { id: number; name: string },
  input: PreviewInput,
): Promise<Weighed> {
  const source = await findSource(tx, input);
  const tiers = await readTiers(tx);
  if (input.countermeasure !== undefined)
    source.detail.countermeasureName = await nameOf(tx, input.countermeasure);
  const choice = chooseAccounts(source.candidates, input);
  if (source.clusterId !== null) refuseNamed(choice, source.clusterId);
  const { chosen } = choice;
  const impact = impactOf(chosen);
  const alongside = await accountsAlongside(tx, proposer.id, chosen, input.replaces);
  if (alongside > 0) impact.alongside = alongside;
  const used = await accountsProposedToday(tx, proposer.id);
  const overlaps = await findOverlaps(tx, chosen);
  const approvals = approvalsRequired(impact, tiers.value, input.action);
  const preview: ProposalPreview = {
    sha256: sha256Of(sortIds(chosen.map((c) => c.accountId))),
    accountCount: chosen.length,
    impact,
    guardrails: guardrails({
      action: input.action,
      impact,
      tiers: tiers.value,
      caps: readCaps(process.env),
      usedToday: used + impact.accounts,
      proposer: proposer.name,
      overlaps,
      held: choice.leftOut.held,
      lifted: await countLifted(
        tx,
        chosen.map((c) => c.accountKey),
      ),
      unread: input.leaveUnknown
        ? 0
        : (source.list?.unknown.length ?? 0) + (source.list?.otherCase.length ?? 0),
    }),
    approvalsRequired: approvals,
    freshMinutes: approvals > 1 ? tiers.value.freshMinutes : null,
    leftOut: choice.leftOut,
    leftAccounts: choice.left.slice(0, LEFT_SHOWN),
    sourceLabel: source.detail.label,
    confirms: await findUnconfirmed(tx, source.clusterId),
    list: source.list,
    split: input.action === 'ban' ? suggestSplit(chosen) : null,
    groupAccounts: groupAccountsOf(chosen),
    strengths: histogram(chosen.map((c) => c.strength)),
  };
  return { preview, chosen, source, tiersVersion: tiers.version, waitHours: tiers.value.waitHours };
}

/** @throws AppError bad_input when no setting names it (any more) */
async function nameOf(tx: Transaction, id: string): Promise<string> {
  const { value } = await readSetting(countermeasuresSetting, tx);
  const found = value.find((each) => each.id === id);
  if (found) return found.name;
  throw new AppError('bad_input', 'There is no such countermeasure any more. Choose another.');
}

async function findUnconfirmed(tx: Transaction, id: number | null): Promise<ProposalPreview['confirms']> {
  if (id === null) return null;
  return tx.cluster.findFirst({
    where: { id, status: { not: 'confirmed' } },
    select: { id: true, name: true },
  });
}

function refuseNamed({ strangers, weakNamed }: Choice, clusterId: number): void {
  if (strangers.length > 0) {
    throw new AppError(
      'bad_input',
      `${some(strangers)} not in cluster CL-${clusterId}. Take them off the list or propose for their own cluster.`,
    );
  }
  if (weakNamed.length > 0) {
    throw new AppError(
      'bad_input',
      `${some(weakNamed)} held too weakly to be acted on. Take them off the list; they can be watched.`,
    );
  }
}

function some(ids: readonly string[]): string {
  const more = ids.length - 3;
  return `${ids.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''} ${ids.length === 1 ? 'is' : 'are'}`;
}

/** Accounts on lists that a person made since 00:00 UTC and that were not turned down. */
export async function accountsProposedToday(tx: Transaction, personId: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ used: number }[]>`
    SELECT COALESCE(sum(account_count), 0)::int AS used FROM proposal
    WHERE proposed_by_id = ${personId} AND status NOT IN ('rejected', 'withdrawn', 'expired')
      AND proposed_at >= date_trunc('day', now(), 'UTC')`;
  return row?.used ?? 0;
}

/** Other accounts that a person put on lists of an action in the last 24 hours. Restores do not count, nor lists that
 * were turned down, nor the one that gives way to this. */
async function accountsAlongside(
  tx: Transaction,
  personId: number,
  accounts: readonly { accountKey: number }[],
  replaces = 0,
): Promise<number> {
  const keys = accounts.map((a) => a.accountKey);
  const [row] = await tx.$queryRaw<{ others: number }[]>`
    SELECT count(*)::int AS others FROM (
      SELECT i.account_key FROM proposal p JOIN proposal_item i ON i.proposal_id = p.id
      WHERE p.proposed_by_id = ${personId} AND p.proposed_at > now() - interval '24 hours' AND p.id <> ${replaces}
        AND p.action <> 'restore' AND p.status NOT IN ('rejected', 'withdrawn', 'expired')
      EXCEPT SELECT unnest(${keys}::int[])) other`;
  return row?.others ?? 0;
}

/** Live proposals, whatever their action, that hold some of these accounts too. */
export async function findOverlaps(
  tx: Transaction,
  accounts: readonly { accountKey: number }[],
  exceptId = 0,
): Promise<{ proposalId: number; accounts: number }[]> {
  const keys = accounts.map((a) => a.accountKey);
  return tx.$queryRaw`
    SELECT p.id AS "proposalId", count(*)::int AS accounts
    FROM proposal p JOIN proposal_item i ON i.proposal_id = p.id
    WHERE p.status IN ('waiting', 'approved', 'running', 'paused') AND p.id <> ${exceptId}
      AND i.state IN ('waiting', 'sent', 'retrying') AND i.account_key = ANY(${keys}::int[])
    GROUP BY p.id ORDER BY p.id`;
}
