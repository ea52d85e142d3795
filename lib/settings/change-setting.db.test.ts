import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { changeSetting } from './change-setting';
import { listSettingVersions } from './list-setting-versions';
import { readSetting } from './read-setting';
import { defineSetting } from './schema';

const shelf = (name: string) =>
  defineSetting({
    name: `test.${name}`,
    title: 'Shelf',
    schema: z.object({ height: z.number().min(1).max(9), wood: z.string() }),
    initial: { height: 2, wood: 'oak' },
  });
const because = (version: number) => ({ reason: 'more books', version });

let admin: Person;
beforeAll(async () => {
  admin = await insertUser('admin');
});

describe('changeSetting()', () => {
  it('keeps every version and writes each change down with before and after', async () => {
    const setting = shelf('kept');
    expect(await readSetting(setting)).toEqual({ value: { height: 2, wood: 'oak' }, version: 0 });
    await changeSetting(admin, setting, { height: 3, wood: 'oak' }, because(0));
    await changeSetting(admin, setting, { height: 3, wood: 'ash' }, because(1));
    expect(await readSetting(setting)).toEqual({ value: { height: 3, wood: 'ash' }, version: 2 });
    expect(await listSettingVersions(admin, setting)).toMatchObject([
      { version: 2, value: { wood: 'ash' }, changedBy: admin.name, reason: 'more books' },
      { version: 1, value: { wood: 'oak' } },
    ]);
    const entries = await database().auditEntry.findMany({
      where: { objectId: 'test.kept' },
      orderBy: { id: 'asc' },
    });
    expect(entries).toMatchObject([
      { verb: 'setting.change', before: { version: 0 }, after: { version: 1, value: { height: 3 } } },
      { before: { version: 1 }, after: { version: 2, value: { wood: 'ash' } } },
    ]);
  });

  it('refuses a value out of range, a change without a reason, one that changes nothing and everybody but administrators', async () => {
    const setting = shelf('refused');
    await expect(changeSetting(admin, setting, { height: 0, wood: 'oak' }, because(0))).rejects.toThrow(
      z.ZodError,
    );
    await expect(
      changeSetting(admin, setting, { height: 3, wood: 'oak' }, { reason: ' ', version: 0 }),
    ).rejects.toThrow('Say why');
    await expect(changeSetting(admin, setting, { wood: 'oak', height: 2 }, because(0))).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
    const approver = await insertUser('approver');
    await expect(
      changeSetting(approver, setting, { height: 3, wood: 'oak' }, because(0)),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await readSetting(setting)).toMatchObject({ version: 0 });
  });

  it('lets one of many rivals win and tells the others', async () => {
    const setting = shelf('raced');
    const tries = await Promise.allSettled(
      [3, 4, 5, 6, 7].map((height) => changeSetting(admin, setting, { height, wood: 'oak' }, because(0))),
    );
    const lost = tries.filter((t) => t.status === 'rejected');
    expect(lost).toHaveLength(4);
    for (const { reason } of lost) expect(reason).toMatchObject({ code: 'conflict' });
    expect(await database().setting.count({ where: { name: 'test.raced' } })).toBe(1);
  });

  it('says so when a stored value is unknown to this version, and lets an administrator set it again', async () => {
    const setting = shelf('unknown');
    await database().setting.create({
      data: { name: setting.name, version: 1, value: { height: 99 }, reason: 'old' },
    });
    await expect(readSetting(setting)).rejects.toMatchObject({ code: 'unavailable' });
    await changeSetting(admin, setting, { height: 2, wood: 'oak' }, because(1));
    expect(await readSetting(setting)).toEqual({ value: { height: 2, wood: 'oak' }, version: 2 });
  });

  it('never changes a version, whoever tries', async () => {
    await changeSetting(admin, shelf('final'), { height: 3, wood: 'oak' }, because(0));
    await expect(database().setting.updateMany({ data: { reason: 'x' } })).rejects.toThrow('never changed');
    await expect(database().setting.deleteMany()).rejects.toThrow('never changed');
  });
});
