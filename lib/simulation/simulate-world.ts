import type { WeirRecord } from '@/lib/records/schema';
import type { AccountPlan, BuildContext } from './account-plan';
import { type Knobs, turnKnobs } from './knobs';
import { buildAgentCrowd, buildBatchJobs } from './populations/automations';
import { buildBlankPage } from './populations/blank-page';
import { buildEveryone } from './populations/everyone';
import { buildGlasshouse } from './populations/glasshouse';
import {
  buildDeclaredReseller,
  buildEvaluationLab,
  buildUniversity,
  buildVerifiedCompany,
  buildViralCrowd,
  buildVpnUsers,
} from './populations/look-alikes';
import { buildLowTide } from './populations/low-tide';
import { buildMetronome } from './populations/metronome';
import { buildPaperMill } from './populations/paper-mill';
import { isoTime } from './populations/people';
import { buildRings } from './populations/rings';
import { buildSlowDrip } from './populations/slow-drip';
import { buildAgencies, buildCourse, buildHackathon } from './populations/small-groups';
import { mix32, Random } from './random';
import { CAMPAIGN_GROUPS, type Group, type GroupSize, SCALES, type Scale } from './scales';
import { DAY_MS, HOUR_MS, NEW_MODEL, OLD_MODEL, type WorldClock, worldClock } from './world-clock';

export interface WorldOptions {
  scale: Scale;
  /** Any whole number; the same seed, scale and endsAt give the same records byte for byte. */
  seed: number;
  /** The world tells of the 45 days before this moment. */
  endsAt: Date;
  /** Knobs turned by hand; the others are drawn by the seed. */
  knobs?: Partial<Knobs>;
}

/** What is so, for scoring a detection: never part of the records. */
interface WorldTruth {
  accounts: number;
  /** Campaign by account. */
  positives: Record<string, string>;
  /** Kind of honest account by account. */
  segments: Record<string, string>;
  /** Exchanges by account. */
  exchanges: Record<string, number>;
}

export interface SimulatedWorld {
  /** Can be read once. Day by day: releases, sign-ups, exchanges, bans, appeals, each in order of time. */
  records: Iterable<WeirRecord>;
  /** `exchanges` is complete when `records` has been read to its end. */
  truth: WorldTruth;
}

const BUILDERS: Record<Group, (context: BuildContext) => AccountPlan[]> = {
  everyone: buildEveryone,
  university: buildUniversity,
  'verified-company': buildVerifiedCompany,
  vpn: buildVpnUsers,
  'viral-prompt': buildViralCrowd,
  'evaluation-lab': buildEvaluationLab,
  'declared-reseller': buildDeclaredReseller,
  'low-tide': buildLowTide,
  glasshouse: buildGlasshouse,
  'paper-mill': buildPaperMill,
  rings: buildRings,
  course: buildCourse,
  agency: buildAgencies,
  hackathon: buildHackathon,
  metronome: buildMetronome,
  'slow-drip': buildSlowDrip,
  'blank-page': buildBlankPage,
  'batch-jobs': buildBatchJobs,
  'agent-crowd': buildAgentCrowd,
};

/**
 * A deterministic world as records: campaigns after the public case's tactics among honest people and honest
 * groups that look alike. Memory grows with accounts, not with exchanges.
 * @throws RangeError when endsAt is not a date or a knob is turned too far.
 */
export function simulateWorld({ scale, seed, endsAt, knobs: given }: WorldOptions): SimulatedWorld {
  const clock = worldClock(endsAt);
  const random = new Random(seed);
  const knobs = turnKnobs(seed, given);
  let accountNumber = mix32(seed);
  // One-to-one on 32 bits, so ids never collide and do not tell who signed up together.
  const nextAccountId = () =>
    `acct_${mix32(accountNumber++ | 0)
      .toString(36)
      .padStart(7, '0')}`;
  const plans = Object.entries(BUILDERS).flatMap(([group, build]) => {
    const size = drawSize(group as Group, scale, knobs, random.fork(`size/${group}`));
    return size.accounts === 0
      ? []
      : build({ clock, size, knobs, random: random.fork(group), nextAccountId });
  });

  const truth: WorldTruth = { accounts: plans.length, positives: {}, segments: {}, exchanges: {} };
  for (const { account, part } of plans) {
    if ('campaign' in part) truth.positives[account.account_id] = part.campaign;
    else truth.segments[account.account_id] = part.segment;
    truth.exchanges[account.account_id] = 0;
  }
  return { records: tellWorld(plans, clock, truth), truth };
}

/** A group's size in this world, around that of its scale. Rings are counted, so their sizes are drawn one by one. */
function drawSize(group: Group, scale: Scale, knobs: Knobs, random: Random): GroupSize {
  const { accounts, exchanges } = SCALES[scale][group];
  const spread = () => random.between(1 - knobs['size-spread'], 1 + knobs['size-spread']);
  const times = (CAMPAIGN_GROUPS.has(group) ? knobs.campaigns : 1) * (group === 'rings' ? 1 : spread());
  return { accounts: Math.round(accounts * times), exchanges: exchanges * spread() };
}

function* tellWorld(plans: AccountPlan[], clock: WorldClock, truth: WorldTruth): Generator<WeirRecord> {
  yield { record: 'model_release', model: OLD_MODEL, released_at: isoTime(clock.oldRelease) };
  const bySignUp = plans
    .map((plan) => ({ plan, at: Date.parse(plan.account.created_at) }))
    .sort((a, b) => a.at - b.at);
  const bans = plans.filter((plan) => plan.bannedAt !== undefined).sort((a, b) => a.bannedAt! - b.bannedAt!);
  let told = 0;
  let banned = 0;
  let exchangeNumber = 0;
  for (let start = clock.start; start < clock.end; start += DAY_MS) {
    const end = Math.min(start + DAY_MS, clock.end);
    if (clock.newRelease >= start && clock.newRelease < end) {
      yield { record: 'model_release', model: NEW_MODEL, released_at: isoTime(clock.newRelease) };
    }
    for (let next = bySignUp[told]; next && next.at < end; next = bySignUp[++told])
      yield* tellSignUp(next.plan);
    for (const { plan, at, turn } of exchangesOfDay(plans, start, end)) {
      const id = plan.account.account_id;
      truth.exchanges[id]!++;
      yield {
        record: 'exchange',
        exchange_id: `ex_${(++exchangeNumber).toString(36).padStart(6, '0')}`,
        account_id: id,
        occurred_at: isoTime(at),
        ...plan.compose(at, turn),
      };
    }
    for (let next = bans[banned]; next && next.bannedAt! < end; next = bans[++banned]) {
      yield* tellBan(next, banned, clock);
    }
  }
}

function* tellSignUp({ account, observation }: AccountPlan): Generator<WeirRecord> {
  yield account;
  if (!observation) return;
  const { account_id, created_at } = account;
  yield { record: 'observation', account_id, ...observation, observed_at: created_at, count: 1 };
}

const APPEALS = [
  'We are a small team and did nothing wrong. Please restore our access.',
  'My account was banned but I only use it for research.',
  '<b>Please read</b>: this is our only account, we paid for this month.',
];

/** The account again with its new status, and now and then its owner's objection. */
function* tellBan(
  { account, bannedAt }: AccountPlan,
  number: number,
  clock: WorldClock,
): Generator<WeirRecord> {
  yield { ...account, status: 'banned' };
  const receivedAt = bannedAt! + 9 * HOUR_MS;
  if (number % 12 !== 0 || receivedAt >= clock.end) return;
  const text = APPEALS[(number / 12) % APPEALS.length];
  const { account_id } = account;
  yield { record: 'appeal', appeal_id: `ap_${number}`, account_id, received_at: isoTime(receivedAt), text };
}

/** Offsets within a day need 27 bits; with 25 bits for the index both fit into the 53 of a double. */
const INDEX_SPAN = 2 ** 25;

/** The day's moments of all accounts in order of time. */
function* exchangesOfDay(plans: AccountPlan[], start: number, end: number) {
  const keys: number[] = [];
  const owners: number[] = [];
  const turns: number[] = [];
  plans.forEach((plan, owner) => {
    if (plan.until <= start || plan.from >= end) return;
    for (const { at: exactly, turn } of plan.planDay(start, end)) {
      const at = Math.floor(exactly);
      if (at < plan.from || at >= plan.until || at < start || at >= end) continue;
      keys.push((at - start) * INDEX_SPAN + owners.length);
      owners.push(owner);
      turns.push(turn);
    }
  });
  for (const key of Float64Array.from(keys).sort()) {
    const index = key % INDEX_SPAN;
    yield { plan: plans[owners[index]!]!, at: start + Math.floor(key / INDEX_SPAN), turn: turns[index]! };
  }
}
