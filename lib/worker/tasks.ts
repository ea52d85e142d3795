/** What the worker does, and when it does it by itself. */
import type { TaskList } from 'graphile-worker';
import { z } from 'zod';
import { inTransaction } from '@/lib/database/transaction';
import { enqueueExecution } from '@/lib/enforcement/enqueue-execution';
import { executeProposal } from '@/lib/enforcement/execute-proposal';
import { expireProposals } from '@/lib/enforcement/expire-proposals';
import { resumeExecutions } from '@/lib/enforcement/resume-executions';
import { compactRollups } from '@/lib/ingest/compact-rollups';
import { dropOldExchanges } from '@/lib/ingest/drop-old-exchanges';
import { endDeadRuns } from '@/lib/ingest/end-dead-runs';
import { expireExemplars } from '@/lib/ingest/expire-exemplars';
import { matchPartners } from '@/lib/intel/partners/match-partners';
import { pollFeeds } from '@/lib/intel/taxii/poll-feeds';
import { deliverNotifications } from '@/lib/notifications/deliver-notifications';
import { gatherNotifications } from '@/lib/notifications/gather-notifications';
import { backtestInChild, detectInChild } from './detect-in-child';
import { log } from './log';
import { needsDetection } from './needs-detection';

const WORKER = { kind: 'system', name: 'worker' } as const;
const backtestPayload = z.object({ backtestId: z.number().int().positive() });
const executionPayload = z.object({ proposalId: z.number().int().positive() });

/** Minute, hour, day, month, weekday (UTC); `max` tries; one job of a kind at a time by its key. */
export const SCHEDULE = `
* * * * * expire_proposals ?max=1&jobKey=expire_proposals
* * * * * gather_notifications ?max=1&jobKey=gather_notifications
* * * * * deliver_notifications ?max=1&jobKey=deliver_notifications
*/5 * * * * run_detection ?max=2&jobKey=run_detection
7 * * * * compact_rollups ?max=2&jobKey=compact_rollups
*/10 * * * * match_partners ?max=2&jobKey=match_partners
* * * * * poll_feeds ?max=1&jobKey=poll_feeds
23 * * * * apply_retention ?max=2&jobKey=apply_retention
`;

/** The tasks of a worker; all of them come to a stop soon after the signal. */
export function tasks({ signal, workerId }: { signal: AbortSignal; workerId?: number }): TaskList {
  return {
    async execute_proposal(payload) {
      const { proposalId } = executionPayload.parse(payload);
      const execution = await executeProposal(proposalId, { signal, workerId });
      log.info({ proposalId, ...execution }, 'execution');
      const seconds = execution.ended === 'later' ? execution.seconds : 0;
      if (execution.ended === 'later' || execution.ended === 'interrupted') {
        await inTransaction((tx) => enqueueExecution(tx, proposalId, seconds));
      }
    },
    async run_detection() {
      // The records of a writer that was killed count too, once it is known that no more will come.
      await endDeadRuns();
      if (await needsDetection()) await detectInChild(signal);
    },
    async backtest_detection(payload) {
      await backtestInChild(backtestPayload.parse(payload).backtestId, signal);
    },
    async expire_proposals() {
      const expired = await expireProposals(WORKER);
      const resumed = await resumeExecutions();
      if (expired.length + resumed.length > 0) log.info({ expired, resumed }, 'proposals');
    },
    async gather_notifications(_payload, { addJob }) {
      const notifications = await gatherNotifications();
      if (notifications === 0) return;
      log.info({ notifications }, 'people told');
      await addJob('deliver_notifications', {}, { jobKey: 'deliver_notifications', maxAttempts: 1 });
    },
    async deliver_notifications() {
      const round = await deliverNotifications(signal);
      if (round.failed + round.givenUp > 0) log.warn(round, 'notifications that did not leave');
      else if (round.sent > 0) log.info(round, 'notifications sent');
    },
    async compact_rollups() {
      log.info({ saved: await compactRollups() }, 'rollups compacted');
    },
    async match_partners() {
      log.info(await matchPartners(), 'partners compared');
    },
    async poll_feeds() {
      const polled = await pollFeeds(signal);
      if (polled.length > 0) log.info({ polled }, 'feeds polled');
    },
    async apply_retention() {
      const expired = await expireExemplars();
      log.info({ expired, ...(await dropOldExchanges(WORKER)) }, 'retention');
    },
  };
}
