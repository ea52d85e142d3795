import { describe, expect, it } from 'vitest';
import type { StageProgress } from '@/lib/enforcement/schema';
import { pollEvery } from './use-progress';
import { currentStage, proposalTitle, statusWords, tally } from './words';

const stage = (total: number, counts: Partial<StageProgress> = {}): StageProgress => ({
  stage: 0,
  name: 'Rest',
  upTo: 1,
  total,
  done: 0,
  sent: 0,
  retrying: 0,
  dead: 0,
  skipped: 0,
  ...counts,
});
const ban = { action: 'ban', approvals: 0, approvalsRequired: 2 } as const;

describe('words of a proposal', () => {
  it('say action, size and cluster, also for one account and without a cluster', () => {
    const cluster = { name: 'Copper heron' };
    expect(proposalTitle({ action: 'ban', accountCount: 1183, cluster })).toBe(
      'Ban 1,183 accounts of Copper heron',
    );
    expect(proposalTitle({ action: 'restore', accountCount: 1, cluster: null })).toBe('Restore 1 account');
  });

  it('say which approval is waited for', () => {
    const waiting = { ...ban, status: 'waiting', stages: [] } as const;
    expect(statusWords(waiting).text).toBe('Waits for two approvals');
    expect(statusWords({ ...waiting, approvals: 1 }).text).toBe('Waits for a second approval');
    expect(statusWords({ ...waiting, approvalsRequired: 1 }).text).toBe('Waits for approval');
    expect(statusWords({ ...waiting, approvals: 2 }).text).toBe('Approved, about to start');
  });

  it('name the stage that still has something to do', () => {
    const stages = [stage(1, { done: 1 }), stage(6, { done: 2, dead: 1 }), stage(58)];
    expect(currentStage(stages)).toBe(1);
    expect(statusWords({ ...ban, status: 'running', stages }).text).toBe('Running, stage 2 of 3');
  });

  it('tell the end with its sum, and never call it well when accounts failed', () => {
    const clean = statusWords({ ...ban, status: 'done', stages: [stage(3, { done: 3 })] });
    expect(clean).toMatchObject({ text: '3 of 3 banned', tone: 'ok' });
    const torn = statusWords({
      ...ban,
      status: 'done',
      stages: [stage(3, { done: 1, dead: 1, skipped: 1 })],
    });
    expect(torn).toMatchObject({ text: '1 of 3 banned, 1 skipped, 1 failed', tone: 'bad' });
  });

  it('count as waiting what is in no other state', () => {
    expect(tally([stage(10, { done: 2, sent: 1, retrying: 1, dead: 1, skipped: 1 }), stage(5)]).waiting).toBe(
      9,
    );
  });
});

describe('pollEvery', () => {
  it('looks once a second while accounts move, seldom while people think, never at the end', () => {
    expect(pollEvery('running')).toBe(1_000);
    expect(pollEvery('waiting')).toBeGreaterThan(5_000);
    expect(pollEvery('done')).toBe(false);
    expect(pollEvery('rejected')).toBe(false);
  });
});
