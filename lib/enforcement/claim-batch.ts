import type { Actor } from '@/lib/access/schema';
import { arrayText, type BulkTransaction, inBulkTransaction } from '@/lib/database/bulk-transaction';
import { Prisma } from '@/lib/database/generated/client';
import { type ClaimedItem, claimDue, claimFresh } from './claim-items';
import {
  type CapsLeft,
  type CapUse,
  capsLeft,
  payingLimit,
  payingNote,
  STANDSTILL_MS,
} from './execution-rules';
import type { StartedProposal } from './move-execution';
import { enterGate, readClaimFacts } from './read-claim-facts';
import { killNote } from './read-kill-switch';
import { recordSkipped } from './record-skipped';
import { type Caps, readCaps } from './rules';
import type { ProposalStatus } from './schema';
import { firstOpenStage, readPending, secondsOfWatching } from './stage-clock';
import { unpacking } from './unpack-claims';

/** Seconds until the next look when the hour's cap is used up, and at accounts that other lists hold. */
const CAP_WAIT_SECONDS = 60;
const HELD_SECONDS = 6;

export interface ClaimRequest {
  /** Most accounts. */
  limit: number;
  leaseSeconds: number;
  /** Seconds of watching between two stages. */
  watchSeconds: number;
  /** The worker that asks, when it is one: it may have been struck off. */
  workerId?: number;
  /** The stage at whose start was asked whether the list may still be carried out; absent when nobody asks. */
  checkedStage?: number;
  hint?: Hint;
}

/** Where a run was, which spares a look at the whole list. Who finds nothing with one looks again without. */
export interface Hint {
  stage: number;
  /** What waits in the stage and has a greater key was not claimed yet. */
  after: number;
  /** Whether to look for retries and for claims that have run out as well. */
  retries: boolean;
}

/** What became of a request. */
export type Claim =
  | { kind: 'batch'; id: number; stage: number; items: ClaimedItem[]; after: number }
  /** Nothing to call this time: the next request may find something, without a hint. */
  | { kind: 'again' }
  | { kind: 'wait'; seconds: number }
  /** A stage is about to start: first ask whether the list may still be carried out. */
  | { kind: 'stage'; stage: number }
  /** Nothing is open any more. */
  | { kind: 'finished' }
  /** Nothing may be sent until a person has looked at it: to be paused with these words. */
  | { kind: 'forbidden'; note: string }
  /** Somebody paused or stopped it. */
  | { kind: 'over'; status: ProposalStatus }
  /** The others have given this worker up. */
  | { kind: 'struck' };

/**
 * Takes on accounts of the current stage, retries first. What forbids it is read in the same transaction: pause and
 * stop, the kill switch, the hard caps, never-ban list and legal hold, other actions on the same account. A claim is a
 * lease: when its holder vanishes, the next one repeats the calls with the same keys, and what the former holder still
 * brings is not recorded, since its fencing token is no longer the item's.
 */
export async function claimBatch(
  actor: Actor,
  proposal: StartedProposal,
  request: ClaimRequest,
): Promise<Claim> {
  const caps = readCaps(process.env);
  try {
    return await inBulkTransaction((tx) => claimIn(tx, actor, proposal, request, caps), STANDSTILL_MS);
  } catch (error) {
    if (error instanceof TooManyPaying) return { kind: 'forbidden', note: payingNote(caps) };
    throw error;
  }
}

/** Undoes a claim that would go beyond the cap. */
class TooManyPaying extends Error {}

async function claimIn(
  tx: BulkTransaction,
  actor: Actor,
  proposal: StartedProposal,
  request: ClaimRequest,
  caps: Caps,
): Promise<Claim> {
  const row = await enterGate(tx, proposal.id);
  if (row?.status !== 'running') return { kind: 'over', status: row?.status ?? 'stopped' };
  const facts = await readClaimFacts(tx, proposal, request.workerId);
  if (!facts.alive) return { kind: 'struck' };
  if (facts.killed !== null) return { kind: 'forbidden', note: killNote(facts.killed) };

  // Nobody else carries this list out: whoever did is gone, or will find that its lease is over.
  if (facts.leftBehind) await tx.query(unpacking(Prisma.sql`c.proposal_id = ${proposal.id}`));

  const stage = request.hint?.stage ?? (await firstOpenStage(tx, proposal.id));
  if (stage === null) return { kind: 'finished' };
  const watch = await secondsOfWatching(tx, proposal.id, stage, request.watchSeconds);
  if (watch > 0) return { kind: 'wait', seconds: watch };
  if ((request.checkedStage ?? stage) !== stage) return { kind: 'stage', stage };
  const left = capsLeft(caps, facts.used, proposal);
  const { claimId } = facts;
  const { others, othersHold } = facts;
  const claimer = { claimId, proposal, stage, leaseSeconds: request.leaseSeconds, others, othersHold };
  const { after = 0, retries = true } = request.hint ?? {};
  const due = retries ? await claimDue(tx, claimer, request.limit) : [];
  const room = Math.min(left.accounts, request.limit - due.length);
  const fresh = room > 0 ? await claimFresh(tx, claimer, room, after, left.onlyAgain) : [];

  const all = [...due, ...fresh];
  await recordSkipped(
    tx,
    actor,
    proposal,
    stage,
    all.filter((item) => item.state !== 'sent'),
  );
  const items = all.filter((item) => item.state === 'sent');
  if (items.length > 0) {
    const { workerId, leaseSeconds } = request;
    await writeClaim(tx, proposal, { id: claimId, stage, workerId, leaseSeconds, items }, facts.used, caps);
    if (row.note !== null) await setNote(tx, proposal.id, null);
    const reached = fresh.reduce((most, item) => Math.max(most, item.accountKey), after);
    return { kind: 'batch', id: claimId, stage, items, after: reached };
  }
  if (all.length > 0 || request.hint) return { kind: 'again' };
  return waitFor(tx, proposal.id, stage, left, row.note);
}

/** Something of the stage is open and nothing of it may be claimed now. */
async function waitFor(
  tx: BulkTransaction,
  id: number,
  stage: number,
  left: CapsLeft,
  note: string | null,
): Promise<Claim> {
  const { seconds, waiting } = await readPending(tx, id, stage);
  const nextLook = seconds === null || seconds <= 0 ? HELD_SECONDS : seconds;
  if (waiting === 0 || (left.accounts > 0 && !left.onlyAgain)) return { kind: 'wait', seconds: nextLook };
  if (seconds !== null) return { kind: 'wait', seconds: Math.min(nextLook, CAP_WAIT_SECONDS) };
  if (!left.goesOn) return { kind: 'forbidden', note: left.note };
  if (note !== left.note) await setNote(tx, id, left.note);
  return { kind: 'wait', seconds: CAP_WAIT_SECONDS };
}

/** Writes down what the claim holds and what the caps count. @throws TooManyPaying */
async function writeClaim(
  tx: BulkTransaction,
  { id: proposalId, accountCount, action }: StartedProposal,
  claim: {
    id: number;
    stage: number;
    workerId?: number;
    leaseSeconds: number;
    items: readonly ClaimedItem[];
  },
  used: CapUse,
  caps: Caps,
): Promise<void> {
  const fresh = claim.items.filter((item) => item.fresh);
  const again = fresh.filter((item) => item.again).length;
  const paying = fresh.filter((item) => item.paying && !item.again).length;
  // Giving back harms nobody who pays.
  if (action !== 'restore' && used.listPaying + paying > payingLimit(caps, accountCount))
    throw new TooManyPaying();
  await tx.query(Prisma.sql`
    INSERT INTO enforcement_claim (id, proposal_id, worker_id, stage, accounts, again, paying, keys, previous, lease_until)
    VALUES (${claim.id}::int, ${proposalId}::int, ${claim.workerId ?? null}::int, ${claim.stage}::smallint,
      ${fresh.length}::int, ${again}::int, ${paying}::int,
      ${arrayText(fresh.map((item) => item.accountKey))}::int[],
      ${arrayText(fresh.map((item) => item.current))}::account_status[],
      CASE WHEN ${fresh.length}::int > 0 THEN now() + make_interval(secs => ${claim.leaseSeconds}::float8) END)`);
}

async function setNote(tx: BulkTransaction, id: number, note: string | null): Promise<void> {
  await tx.query(Prisma.sql`UPDATE proposal SET note = ${note} WHERE id = ${id}`);
}
