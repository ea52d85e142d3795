/** Pure: the checks shown before anybody approves. A few of them forbid, the others warn and say what to do. */
import { AppError } from '@/lib/errors';
import { payingLimit } from './execution-rules';
import { accountsOfTier, type Caps, groupOf, payingShare, proposalRef } from './rules';
import type { EnforcementAction, Guardrail, Impact } from './schema';
import { laxerThanFloor, type Tiers } from './tiers-rules';

/** Kinds of evidence that should hold a list together. */
const KINDS_WANTED = 2;
/** Above this share of accounts held by one kind alone a list is called weakly linked. */
const ONE_KIND_SHARE = 0.02;

/** Days for which the end of a hold is pointed out. */
export const LIFTED_DAYS = 30;

export interface GuardrailFacts {
  action: EnforcementAction;
  impact: Impact;
  tiers: Tiers;
  caps: Caps;
  /** Accounts that the proposer put on lists today, this one included. */
  usedToday: number;
  proposer: string;
  /** Live proposals with accounts of this list on them. */
  overlaps: { proposalId: number; accounts: number }[];
  /** Accounts that are kept off the list by never-ban list or legal hold, or have come under one since. */
  held: number;
  /** Accounts whose hold somebody ended lately, before it ran out. */
  lifted?: number;
  /** Entries of a pasted list that are no accounts and that nobody left out yet. */
  unread?: number;
  /** Whether the list still has the hash it was frozen with; absent before it is frozen. */
  unchanged?: boolean;
}

/** All checks, those that forbid or warn first. */
export function guardrails(facts: GuardrailFacts): Guardrail[] {
  const checks = [...forbidding(facts), ...warning(facts)];
  return [...checks.filter((c) => !c.ok && c.blocks), ...checks.filter((c) => !c.ok && !c.blocks)].concat(
    checks.filter((c) => c.ok),
  );
}

/** @throws AppError for the first check that forbids, in the words that the screen shows. */
export function refuseBlocked(checks: readonly Guardrail[]): void {
  const check = checks.find((c) => !c.ok && c.blocks);
  if (!check) return;
  const code = ['empty', 'unread'].includes(check.id)
    ? 'bad_input'
    : ['unchanged', 'held_since'].includes(check.id)
      ? 'conflict'
      : 'limit';
  throw new AppError(code, `${check.title}. ${check.note}`);
}

function forbidding(facts: GuardrailFacts): Guardrail[] {
  const { impact, caps, usedToday, proposer, unchanged, unread = 0, held } = facts;
  const accounts = impact.accounts;
  const checks: Guardrail[] = [];
  if (accounts === 0) {
    checks.push({
      id: 'empty',
      ok: false,
      title: 'Nobody is on the list',
      note: 'Every account is weak, held, left out or in this state already, or nobody was named. Leave out fewer groups or choose another action.',
      blocks: true,
    });
  }
  if (unread > 0) {
    checks.push({
      id: 'unread',
      ok: false,
      title: `${number(unread)} ${unread === 1 ? 'entry is' : 'entries are'} no account`,
      note: 'Correct them, or say that they are to be left out; they are kept with the proposal.',
      blocks: true,
    });
  }
  if (unchanged !== undefined && held > 0) {
    checks.push({
      id: 'held_since',
      ok: false,
      title: `${plural(held)} came under a hold since`,
      note: 'No list may hold them. Reject this one and propose the others anew.',
      blocks: true,
    });
  }
  if (unchanged !== undefined) {
    checks.push({
      id: 'unchanged',
      ok: unchanged,
      title: unchanged ? 'List is unchanged' : 'The list is not the one that was frozen',
      note: unchanged
        ? `${number(accounts)} ids match`
        : 'Its hash no longer matches. Do not approve it; withdraw it and tell whoever runs this deployment.',
      blocks: true,
    });
  }
  const action = accounts <= caps.action;
  checks.push({
    id: 'cap_action',
    ok: action,
    title: action ? 'Cap for one action' : `More than one action may hold`,
    note: action
      ? `${number(accounts)}, at most ${number(caps.action)}`
      : `${number(accounts)} accounts, ${number(caps.action)} at most. Leave out groups or name fewer accounts. The cap is set in the deployment.`,
    blocks: true,
  });
  const today = usedToday <= caps.personDay;
  checks.push({
    id: 'cap_person_day',
    ok: today,
    title: today ? `Cap for ${proposer} today` : `More than ${proposer} may propose in a day`,
    note: today
      ? `${number(usedToday)}, at most ${number(caps.personDay)}`
      : `${number(usedToday)} accounts with this list, ${number(caps.personDay)} at most. Propose fewer, ask a colleague, or wait until 00:00 UTC.`,
    blocks: true,
  });
  // Giving back harms nobody who pays.
  if (facts.action !== 'restore') checks.push(payingCap(impact, caps));
  return checks.map(({ blocks, ...check }) => (check.ok ? check : { ...check, blocks }));
}

/** The worker would pause such a list halfway: better said before anybody approves it. */
export function payingCap(impact: Impact, caps: Caps): Guardrail {
  const pay = groupOf(impact, 'paying').accounts;
  const most = payingLimit(caps, impact.accounts);
  const ok = pay <= most;
  return {
    id: 'cap_paying',
    ok,
    title: ok ? 'Cap for paying accounts' : 'More paying accounts than one action may hold',
    note: ok
      ? `${number(pay)}, at most ${number(most)}`
      : `${number(pay)} of ${number(impact.accounts)} pay, ${number(most)} at most. Leave out paying accounts. The cap is set in the deployment.`,
    blocks: true,
  };
}

function warning(facts: GuardrailFacts): Guardrail[] {
  const { impact, tiers, proposer, overlaps, action } = facts;
  const overlap = overlaps.reduce((sum, o) => sum + o.accounts, 0);
  const lax = laxerThanFloor(tiers);
  const paying = payingShare(impact);
  const checks: Guardrail[] = [
    size(facts),
    ...(action === 'restore' ? [] : whoIsHit(facts, paying)),
    {
      id: 'overlap',
      ok: overlap === 0,
      title: overlap === 0 ? 'On no other live list' : 'Some are on another live list',
      note:
        overlap === 0
          ? 'none'
          : `${plural(overlap)} on ${overlaps.map((o) => proposalRef(o.proposalId)).join(', ')} too. Each is acted on once; the second list skips it.`,
    },
    { id: 'second_person', ok: true, title: 'Proposer does not approve', note: proposer },
  ];
  if (lax.length > 0) {
    checks.unshift({
      id: 'laxer',
      ok: false,
      title: 'This desk approves with less than designed',
      note: `An administrator set: ${lax.join('; ')}.`,
    });
  }
  return checks;
}

/** How large the list is, together with what its proposer listed lately. */
function size({ impact, tiers, proposer }: GuardrailFacts): Guardrail {
  const ok = accountsOfTier(impact) <= tiers.accounts;
  const alone = impact.accounts > tiers.accounts;
  const beside = impact.alongside ?? 0;
  const listed =
    beside > 0 && !alone
      ? `${plural(impact.accounts)}, and ${number(beside)} on other lists of ${proposer} within 24 hours`
      : plural(impact.accounts);
  return {
    id: 'size',
    ok,
    title: ok
      ? 'Small enough for one approver'
      : alone
        ? 'A large action'
        : `Large with the other lists of ${proposer}`,
    note: ok
      ? `${listed}; above ${number(tiers.accounts)} it takes two`
      : `${listed}, above ${number(tiers.accounts)}${alone ? '' : ' together'}, so two approvers are needed.`,
  };
}

/** What hitting these accounts may do to people who did nothing. */
function whoIsHit(
  { impact, tiers, action, held, lifted = 0, unchanged }: GuardrailFacts,
  paying: number,
): Guardrail[] {
  const payingAccounts = groupOf(impact, 'paying').accounts;
  const verified = groupOf(impact, 'verified').accounts;
  const enterprise = groupOf(impact, 'enterprise').accounts;
  const shared = groupOf(impact, 'shared_network').accounts;
  const judgedOut = groupOf(impact, 'judged_out').accounts;
  const share = impact.accounts === 0 ? 0 : impact.heldByOneKind / impact.accounts;
  const outside = impact.unconfirmed ?? 0;
  const limit = percent(tiers.payingShare);
  const keptOff = unchanged === undefined && held > 0;
  return [
    {
      id: 'verified',
      ok: verified === 0,
      title: verified === 0 ? 'No verified organization inside' : 'A verified organization is inside',
      note:
        verified === 0
          ? 'none'
          : `${plural(verified)}${tiers.verifiedTakesTwo ? ', so two approvers are needed' : ''}. Look at them first.`,
    },
    {
      id: 'unconfirmed',
      ok: outside === 0,
      title: outside === 0 ? 'All in confirmed clusters' : 'Some are in no confirmed cluster',
      note:
        outside === 0
          ? action === 'ban'
            ? 'as a ban needs it'
            : 'none outside'
          : `${plural(outside)}: nothing that a person confirmed speaks for them, so two approvers are needed.`,
    },
    {
      id: 'held',
      ok: !keptOff,
      title: keptOff ? 'Some may be on no list' : 'Nobody under a hold',
      note: keptOff ? `${plural(held)} on the never-ban list or under legal hold, left out.` : 'none',
    },
    {
      id: 'lifted',
      ok: lifted === 0,
      title: lifted === 0 ? 'No hold was ended lately' : 'Some were under a hold until lately',
      note:
        lifted === 0
          ? `none in ${LIFTED_DAYS} days`
          : `${plural(lifted)}: an administrator ended the hold within ${LIFTED_DAYS} days. The audit says who and why (verb hold.end); read it before you approve.`,
    },
    {
      id: 'enterprise',
      ok: enterprise === 0,
      title: enterprise === 0 ? 'No enterprise account inside' : 'Enterprise accounts are inside',
      note:
        enterprise === 0
          ? 'none'
          : `${plural(enterprise)}. Talk to their account managers, or leave them out.`,
    },
    {
      id: 'paying',
      ok: paying <= tiers.payingShare,
      title: paying <= tiers.payingShare ? 'Few of them pay' : `More than ${limit} of them pay`,
      note:
        paying <= tiers.payingShare
          ? `${number(payingAccounts)} of ${number(impact.accounts)}; above ${limit} it takes two approvers`
          : `${number(payingAccounts)} of ${number(impact.accounts)}, ${percent(paying)}, so two approvers are needed. ${paying < 1 ? 'Leave them out to act on the rest sooner.' : 'Every account on the list pays.'}`,
    },
    {
      id: 'kinds',
      ok: impact.kinds >= KINDS_WANTED,
      title:
        impact.kinds >= KINDS_WANTED
          ? 'Evidence of independent kinds'
          : impact.kinds === 0
            ? 'No evidence in Weir'
            : 'Evidence of one kind only',
      note:
        impact.kinds >= KINDS_WANTED
          ? `${impact.kinds} kinds, at least ${KINDS_WANTED} wanted`
          : impact.kinds === 0
            ? 'Nothing here ties these accounts. Say in the reason what does.'
            : 'Nothing corroborates it. Look for a second kind, or require verification instead of a ban.',
    },
    {
      id: 'one_kind',
      ok: share <= ONE_KIND_SHARE,
      title:
        share <= ONE_KIND_SHARE
          ? 'Held by more than one kind'
          : `Weakly linked above ${percent(ONE_KIND_SHARE)}`,
      note:
        share <= ONE_KIND_SHARE
          ? impact.heldByOneKind === 0
            ? `all ${number(impact.accounts)}`
            : `all but ${number(impact.heldByOneKind)} of ${number(impact.accounts)}`
          : `${number(impact.heldByOneKind)} of ${number(impact.accounts)}, ${percent(share)}, are held by one kind of evidence alone, or none.`,
    },
    {
      id: 'shared_network',
      ok: shared === 0,
      title: shared === 0 ? 'No shared network' : 'Some share a network with outsiders',
      note:
        shared === 0
          ? 'none'
          : `${plural(shared)} on a campus, VPN exit or carrier. Check that more than the address ties them.`,
    },
    {
      id: 'judged_out',
      ok: judgedOut === 0,
      title: judgedOut === 0 ? 'Nobody was judged innocent' : 'Some were judged not to belong',
      note:
        judgedOut === 0
          ? 'no sampled account on the list'
          : `${plural(judgedOut)} of the sample that a second analyst reviewed. Leave them out.`,
    },
  ];
}

const number = (value: number): string => value.toLocaleString('en-US');
const plural = (accounts: number): string => `${number(accounts)} ${accounts === 1 ? 'account' : 'accounts'}`;
const percent = (share: number): string =>
  `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;
