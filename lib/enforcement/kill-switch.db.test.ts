import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { ownerPool } from '@/lib/database/pool';
import { executeProposal } from './execute-proposal';
import { getKillSwitch } from './get-kill-switch';
import type { Provider } from './providers/provider';
import { sandboxProvider } from './providers/sandbox';
import { releaseKillSwitch } from './release-kill-switch';
import { resumeExecutions } from './resume-executions';
import { steerProposal } from './steer-proposal';
import { approvedList, insertTeam, type Team } from './testing/approve-list';
import { auditOf } from './testing/insert-world';
import { turnOnKillSwitch } from './turn-on-kill-switch';

const reason = 'a wrong list is running';
let team: Team;
let admin: Person;

beforeAll(async () => {
  team = await insertTeam();
  admin = await insertUser('admin');
});
afterEach(async () => {
  await ownerPool().query('TRUNCATE kill_switch');
});

const calm = sandboxProvider({ trouble: () => 'none', latency: () => 0 });
const statusOf = async (id: number) =>
  (await database().proposal.findUniqueOrThrow({ where: { id } })).status;

/** A provider that counts its calls and does something at one of them. */
function counting(at: number, act: () => unknown, inner: Provider = calm) {
  const times: number[] = [];
  const provider: Provider = {
    ...inner,
    act(call) {
      times.push(performance.now());
      if (times.length === at) void act();
      return inner.act(call);
    },
  };
  return { provider, times };
}

describe('the kill switch', () => {
  it('stops every running action within five seconds, whatever was claimed, and pauses it with the reason', async () => {
    const lists = [await approvedList(team, 400), await approvedList(team, 400)];
    let on = Number.POSITIVE_INFINITY;
    const turnOn = async () => {
      await turnOnKillSwitch(admin, { reason });
      on = performance.now();
    };
    const { provider, times } = counting(100, turnOn);
    const pace = { perSecond: 100, watchSeconds: 0 };
    const ends = await Promise.all(lists.map(({ id }) => executeProposal(id, { provider, pace })));
    expect(ends).toEqual([{ ended: 'paused' }, { ended: 'paused' }]);
    expect(times.at(-1)! - on).toBeLessThan(5_000);
    expect(times.length).toBeLessThan(800);
    for (const { id } of lists) {
      const { note } = await database().proposal.findUniqueOrThrow({ where: { id } });
      expect(note).toBe(`Kill switch: ${reason}`);
      expect(await database().proposalItem.count({ where: { proposalId: id, state: 'sent' } })).toBe(0);
    }
  });

  it('holds even while the proposal itself cannot be paused', async () => {
    const list = await approvedList(await insertTeam(), 300);
    let on = Number.POSITIVE_INFINITY;
    // Nothing but the row: as if pausing hung behind a lock.
    const turnOn = async () => {
      await database().killSwitch.create({ data: { reason, turnedOnById: admin.id } });
      on = performance.now();
    };
    const { provider, times } = counting(20, turnOn);
    const pace = { perSecond: 100, watchSeconds: 0 };
    expect(await executeProposal(list.id, { provider, pace })).toEqual({ ended: 'paused' });
    expect(times.at(-1)! - on).toBeLessThan(5_000);
    expect(times.length).toBeLessThan(300);
  });

  it('lets nothing start, resume or be handed to the worker while it is on', async () => {
    const list = await approvedList(team, 3);
    const later = await approvedList(team, 3);
    await steerProposal(team.approver, { proposalId: list.id, to: 'pause', reason });
    await turnOnKillSwitch(team.approver, { reason });
    const resume = steerProposal(team.approver, { proposalId: list.id, to: 'resume', reason });
    await expect(resume).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('kill switch'),
    });
    expect(await executeProposal(later.id, { provider: calm })).toEqual({ ended: 'paused' });
    await database().$executeRaw`SELECT graphile_worker.remove_job('execute:P-' || ${later.id}::int)`;
    expect(await resumeExecutions()).toEqual([]);
    const acted = await database().sandboxAccount.count({ where: { accountId: { in: later.accountIds } } });
    expect(acted).toBe(0);
  });

  it('is released by two different people, and nothing goes on by itself', async () => {
    const list = await approvedList(team, 3);
    await turnOnKillSwitch(team.approver, { reason });
    expect(await releaseKillSwitch(team.approver, { reason: 'looked into it' })).toEqual({ released: false });
    await expect(releaseKillSwitch(team.approver, { reason: 'again' })).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('second person'),
    });
    expect((await getKillSwitch(admin)).asked?.by.id).toBe(team.approver.id);
    expect(await releaseKillSwitch(admin, { reason: 'agreed' })).toEqual({ released: true });
    expect((await getKillSwitch(admin)).on).toBeNull();
    expect(await statusOf(list.id)).toBe('paused');
    await steerProposal(team.approver, { proposalId: list.id, to: 'resume', reason });
    expect(await executeProposal(list.id, { provider: calm })).toEqual({ ended: 'done' });
    expect((await auditOf('kill-switch')).slice(-4)).toEqual([
      'kill_switch.on',
      'kill_switch.ask',
      'kill_switch.release refused',
      'kill_switch.release',
    ]);
  });

  it('does not count the word of somebody who was disabled, or lost the role, since', async () => {
    const gone = await insertUser('approver');
    const moved = await insertUser('admin');
    await turnOnKillSwitch(admin, { reason });
    await releaseKillSwitch(gone, { reason: 'let it go on' });
    await database().user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    expect((await getKillSwitch(admin)).asked).toBeNull();
    expect(await releaseKillSwitch(moved, { reason: 'agreed' })).toEqual({ released: false });
    await database().user.update({ where: { id: moved.id }, data: { role: 'analyst' } });
    expect(await releaseKillSwitch(admin, { reason: 'agreed' })).toEqual({ released: false });
    expect(await releaseKillSwitch(team.approver, { reason: 'agreed' })).toEqual({ released: true });
  });

  it('is held by the database too: no release by one person, no other way out', async () => {
    await turnOnKillSwitch(admin, { reason });
    const alone = ownerPool().query(
      `UPDATE kill_switch SET asked_by_id = $1, asked_at = now(), asked_reason = 'x',
         released_by_id = $1, released_at = now(), released_reason = 'x'`,
      [admin.id],
    );
    await expect(alone).rejects.toThrow('kill_switch_two_people');
    await expect(ownerPool().query('DELETE FROM kill_switch')).rejects.toThrow('two people');
    await expect(turnOnKillSwitch(team.approver, { reason })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of two who release it at once one is the first and one the second', async () => {
    await turnOnKillSwitch(admin, { reason });
    const both = await Promise.all([
      releaseKillSwitch(admin, { reason: 'agreed' }),
      releaseKillSwitch(team.approver, { reason: 'agreed' }),
    ]);
    expect(both.map((each) => each.released).sort()).toEqual([false, true]);
  });

  it('is not for others: refused and written down', async () => {
    await expect(turnOnKillSwitch(team.analyst, { reason })).rejects.toMatchObject({ code: 'forbidden' });
    await turnOnKillSwitch(admin, { reason });
    const auditor = await insertUser('auditor');
    await expect(releaseKillSwitch(auditor, { reason })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await auditOf('kill-switch')).slice(-3)).toEqual([
      'kill_switch.on refused',
      'kill_switch.on',
      'kill_switch.release refused',
    ]);
  });
});
