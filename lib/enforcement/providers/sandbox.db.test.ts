import { describe, expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import type { ProviderCall } from './provider';
import { sandboxProvider } from './sandbox';

const call = (accountId: string, more: Partial<ProviderCall> = {}): ProviderCall => ({
  idempotencyKey: `P-1:${accountId}`,
  accountId,
  action: 'ban',
  state: 'banned',
  proposal: 'P-1',
  countermeasure: null,
  lifts: [],
  reasonCode: 'distillation',
  notice: { text: 'closed', appeal: 'reply' },
  attempt: 1,
  ...more,
});
const calm = sandboxProvider({ trouble: () => 'none', latency: () => 0 });
const stored = (accountId: string) => database().sandboxAccount.findUnique({ where: { accountId } });

describe('the sandbox provider', () => {
  it('acts on a key once and says when it was a repetition', async () => {
    expect(await calm.act(call('a'))).toEqual({ kind: 'done', repeated: false });
    expect(await calm.act(call('a', { attempt: 2 }))).toEqual({ kind: 'done', repeated: true });
    expect(await stored('a')).toMatchObject({ status: 'banned', lastKey: 'P-1:a' });
  });

  it('does not let a late repetition undo what came after it', async () => {
    await calm.act(call('b'));
    await calm.act(call('b', { idempotencyKey: 'P-2:b', action: 'throttle', state: 'throttled' }));
    expect(await calm.act(call('b', { attempt: 2 }))).toEqual({ kind: 'done', repeated: true });
    expect(await stored('b')).toMatchObject({ status: 'throttled', lastKey: 'P-1:b\nP-2:b' });
  });

  it('acts once when the same key comes many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => calm.act(call('c'))));
    expect(answers.filter((a) => a.kind === 'done' && !a.repeated)).toHaveLength(1);
  });

  it('does the work of a call whose answer is lost, and none of one that is refused or unavailable', async () => {
    const troubled = sandboxProvider({
      latency: () => 0,
      trouble: ({ accountId }) =>
        accountId === 'lost' ? 'lost_answer' : accountId === 'busy' ? 'unavailable' : 'refused',
    });
    expect((await troubled.act(call('lost'))).kind).toBe('failed');
    expect((await troubled.act(call('busy'))).kind).toBe('failed');
    expect((await troubled.act(call('gone'))).kind).toBe('refused');
    expect(await stored('lost')).toMatchObject({ status: 'banned' });
    expect(await stored('busy')).toBeNull();
    expect(await stored('gone')).toBeNull();
  });

  it('has the same small troubles in every run, and gets over them', async () => {
    const provider = sandboxProvider({ latency: () => 0 });
    const ids = Array.from({ length: 400 }, (_, i) => `steady_${i}`);
    const kinds = async () => (await Promise.all(ids.map((id) => provider.act(call(id))))).map((a) => a.kind);
    const first = await kinds();
    expect(await kinds()).toEqual(first);
    const failed = first.filter((kind) => kind === 'failed').length;
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(ids.length * 0.05);
    const third = await Promise.all(ids.map((id) => provider.act(call(id, { attempt: 3 }))));
    expect(third.every((a) => a.kind === 'done')).toBe(true);
  });
});
