/** A disk that is really full: a table lies on a file system of a few megabytes, which fills up while a list is carried
 * out. Making one takes root on Linux. */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import { ownerPool } from '@/lib/database/pool';
import { ownerForRoot } from '@/lib/database/postgres-owner';
import { executeProposal } from './execute-proposal';
import { sandboxProvider } from './providers/sandbox';
import { type BigList, insertBigList, insertPeople } from './testing/insert-big-list';
import { makeDue } from './testing/make-due';

const ACCOUNTS = 6_000;
const pace = { perSecond: 100_000, watchSeconds: 0 };
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (!isRoot) console.warn('skipped: only root on Linux can mount a small disk');

let folder: string;
let ballast: string;

/** A disk of so many megabytes that holds the table, and nothing else but what fills it. */
async function moveToSmallDisk(table: string, megabytes: number): Promise<void> {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-disk-'));
  ballast = path.join(folder, 'ballast');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (mounted.status !== 0) throw new Error(mounted.stderr);
  const owner = ownerForRoot();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  await ownerPool().query(`CREATE TABLESPACE small LOCATION '${folder}'`);
  await ownerPool().query(`ALTER TABLE ${table} SET (fillfactor = 100)`);
  await ownerPool().query(`ALTER TABLE ${table} SET TABLESPACE small`);
  await ownerPool().query(`VACUUM FULL ${table}`);
}

/** Leaves the disk room for so many bytes. */
function fill(room: number): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - room)));
}

const provider = sandboxProvider({ trouble: () => 'none', latency: () => 0 });
const carryOut = (list: BigList) => executeProposal(list.id, { provider, pace });

async function effects(list: BigList): Promise<{ once: number; all: number }> {
  const rows = await database().sandboxAccount.findMany({ where: { accountId: { in: list.accountIds } } });
  return {
    once: rows.filter((row) => row.lastKey === `P-${list.id}:${row.accountId}`).length,
    all: rows.length,
  };
}

describe.skipIf(!isRoot)('a disk that fills up while a list is carried out', () => {
  beforeEach(() => {
    for (const cap of ['ACTION', 'PERSON_DAY', 'HOUR']) process.env[`WEIR_CAP_${cap}`] = '1000000';
  });
  afterEach(async () => {
    rmSync(ballast, { force: true });
    for (const table of ['proposal_item', 'audit_entry'])
      await ownerPool().query(`ALTER TABLE ${table} SET TABLESPACE pg_default`);
    await ownerPool().query('DROP TABLESPACE small');
    spawnSync('umount', [folder]);
    rmdirSync(folder);
  });

  // The record of a batch no longer fits; the few bytes of a pause do, in what the disk holds already.
  it.each([
    ['proposal_item', 8, 64_000],
    ['audit_entry', 4, 0],
  ])(
    'under %s: it pauses with clear words; with room and a resume it ends, and each account was acted on once',
    async (table, megabytes, room) => {
      const list = await insertBigList(ACCOUNTS, table, await insertPeople());
      await moveToSmallDisk(table, megabytes);
      fill(room);
      expect(await carryOut(list)).toEqual({ ended: 'paused' });
      const paused = await database().proposal.findUniqueOrThrow({ where: { id: list.id } });
      expect(paused.note).toContain('the disk of the database is full');
      rmSync(ballast);
      await database().proposal.update({ where: { id: list.id }, data: { status: 'running', note: null } });
      await makeDue(list.id);
      expect(await carryOut(list)).toEqual({ ended: 'done' });
      expect(await effects(list)).toEqual({ once: ACCOUNTS, all: ACCOUNTS });
    },
  );
});
