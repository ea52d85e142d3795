import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runDetection } from '@/lib/clusters/run-detection';
import { database } from '@/lib/database/client';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'weir-cli-'));

/** Runs `weir` as people do, against this file's database. */
function weir(args: string[], input?: string) {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/weir.ts', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
    timeout: 50_000,
    env: { ...process.env, WEIR_STATE: folder },
  });
  const last = run.stdout.trimEnd().split('\n').at(-1) ?? '';
  return { ...run, json: () => JSON.parse(last) as Record<string, unknown> };
}

describe('weir', () => {
  it('says how it is used and exits 2 without a command, with an unknown one and with a wrong option', () => {
    for (const args of [
      [],
      ['dance'],
      ['ingest'],
      ['detect', '--window', 'soon'],
      ['ingest', '--wrong', 'x'],
      ['forget'],
      ['audit', 'verify', 'x'],
      ['lists', 'import', 'x', '--name', 'x'],
    ]) {
      const run = weir(args);
      expect(run.status, args.join(' ')).toBe(2);
      expect(run.stdout + run.stderr).toContain('usage: npm run -s weir -- COMMAND');
    }
  });

  it('exits 1 with one clear line when a file is not there', () => {
    const run = weir(['ingest', path.join(folder, 'absent.ndjson')]);
    expect(run.status).toBe(1);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(run.stderr).toContain('absent.ndjson');
  });

  it('simulates a world, takes it in, detects and exports, and every last line is JSON', () => {
    const out = path.join(folder, 'world');
    expect(weir(['simulate', '--scale', 'small', '--seed', '3', '--out', out]).json()).toMatchObject({
      accounts: expect.any(Number),
    });
    const ingested = weir(['ingest', path.join(out, 'records.ndjson.gz'), '--simulated']);
    expect(ingested.json()).toMatchObject({ rejected: 0, duplicates: 0, coverage: expect.any(Array) });
    const detected = weir(['detect', '--window', 'all']).json();
    expect(detected).toMatchObject({ accounts: expect.any(Number), clusters: expect.any(Number) });
    expect(Object.keys(detected.seconds as object).length).toBeGreaterThan(0);
    const clusters = weir(['clusters', 'export'])
      .stdout.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(clusters).toHaveLength(detected.clusters as number);
    expect(clusters[0]).toMatchObject({
      cluster_id: expect.any(Number),
      rank: 1,
      quadrant: 'distillation',
      status: 'open',
      account_ids: expect.any(Array),
      weak_account_ids: expect.any(Array),
    });
    const withValues = clusters[0].evidence.find((row: { values: object[] }) => row.values.length > 0);
    expect(withValues.values[0]).toMatchObject({
      members: expect.any(Number),
      population: expect.any(Number),
      expected: expect.any(Number),
    });
    const points = clusters[0].evidence.reduce((sum: number, row: { points: number }) => sum + row.points, 0);
    expect(points).toBeCloseTo(clusters[0].score, 6);
    const truth = JSON.parse(readFileSync(path.join(out, 'truth.json'), 'utf8')) as {
      positives: Record<string, string>;
    };
    const campaigns = new Set(clusters[0].account_ids.map((id: string) => truth.positives[id]));
    expect([...campaigns]).toHaveLength(1);
  });

  it('tries a change of detection without applying it, and names the field of a wrong one', async () => {
    const change = path.join(folder, 'change.json');
    writeFileSync(change, '{"minSize": 400}');
    const tried = weir(['detect', '--backtest', change]).json();
    expect(tried).toMatchObject({ version: 0, backtest: expect.any(Number), vanishes: expect.any(Number) });
    expect(tried.vanishes).toBeGreaterThan(0);
    expect(await database().setting.count({ where: { name: 'detection.config' } })).toBe(0);
    writeFileSync(change, '{"minSize": 2}');
    const wrong = weir(['detect', '--backtest', change]);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('Smallest cluster is at least 3.');
  });

  it('imports a list of infrastructure: what it names links nobody from the next run on', async () => {
    const [shared] = await database().$queryRaw<{ id: bigint; value: string }[]>`
      SELECT i.id, i.value FROM indicator i JOIN account_indicator l ON l.indicator_id = i.id
      WHERE i.kind = 'prefix' GROUP BY i.id ORDER BY count(DISTINCT l.account_key) DESC, i.id LIMIT 1`;
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const list = ['--name', 'exits', '--type', 'vpn', '--source', 'their page', '--until', until];
    const taken = weir(['lists', 'import', '-', ...list], `# exits\n${shared?.value}\nrubbish\n`);
    expect(taken.json()).toMatchObject({ name: 'exits', taken: 1, badLines: 1, replaced: null });
    expect(taken.stderr).toContain('line 3: ');
    const { runId } = await runDetection({ kind: 'system', name: 'detection' }, { window: 'all' });
    const { suppressed } = await database().detectionRun.findUniqueOrThrow({ where: { id: runId } });
    expect(suppressed).toContainEqual(
      expect.objectContaining({ kind: 'prefix', reason: 'listed', source: 'exits', values: 1 }),
    );
    expect(JSON.stringify(suppressed)).toContain(String(shared?.id));
    const refused = weir(['lists', 'import', '-', ...list], 'rubbish\n');
    expect(refused.status).toBe(1);
    expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('forgets a person as the user of the command line, and says what was erased', async () => {
    const account = await database().account.findFirstOrThrow({ where: { forgottenAt: null } });
    const run = weir(['forget', account.id, '--reason', `request about ${account.id}`]);
    expect(run.json()).toMatchObject({ forgotten: expect.stringMatching(/^forgotten:/), left: [] });
    const entry = await database().auditEntry.findFirstOrThrow({ where: { verb: 'account.forget' } });
    expect(entry).toMatchObject({
      actor: expect.stringMatching(/^cli:/),
      objectId: run.json().forgotten,
      reason: 'request about [forgotten]',
    });
    expect(statSync(path.join(folder, 'forget.key')).mode & 0o077).toBe(0);
    expect(weir(['forget', account.id])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('was forgotten on'),
    });
  });

  it('writes rejects with line number and reason to the file it is given, and takes standard input', () => {
    const rejects = path.join(folder, 'rejects.ndjson');
    const input = `{"record":"wish"}\n{"record":"account","account_id":"a","created_at":"2026-08-01T00:00:00Z"}\nnonsense\n`;
    const run = weir(['ingest', '-', '--rejects', rejects], input);
    expect(run.json()).toMatchObject({ accepted: 1, rejected: 2, rejects });
    const written = readFileSync(rejects, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(written).toMatchObject([
      { line: 1, reason: expect.stringContaining('record') },
      { line: 3, reason: expect.stringContaining('JSON') },
    ]);
  });

  it('ends with one clear line when the disk of the rejects is full, and keeps them to their owner', () => {
    const file = path.join(folder, 'many-wrong.ndjson');
    writeFileSync(file, '{"record":"wish"}\n'.repeat(20_000));
    const full = weir(['ingest', '--rejects', '/dev/full', file]);
    expect(full.status).toBe(1);
    expect(full.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(full.stderr).toContain('The rejects could not be written to /dev/full: ENOSPC');
    const kept = path.join(folder, 'kept.ndjson');
    expect(weir(['ingest', '--rejects', kept, file]).json()).toMatchObject({ rejected: 20_000 });
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(readFileSync(kept, 'utf8').trimEnd().split('\n')).toHaveLength(20_000);
  });

  it('adds a user once and prints the password that signs in', async () => {
    const added = weir(['users', 'add', '--email', 'New@Example.org', '--role', 'admin']).json();
    expect(added).toMatchObject({ email: 'new@example.org', role: 'admin', password: expect.any(String) });
    expect(await database().user.findUnique({ where: { email: 'new@example.org' } })).toMatchObject({
      role: 'admin',
    });
    const again = weir(['users', 'add', '--email', 'new@example.org', '--role', 'admin']);
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('new@example.org');
    expect(weir(['users', 'add', '--email', 'x@example.org', '--role', 'king']).status).toBe(2);
  });

  it('exports the audit as lines that its program verifies, verifies it, and exits 1 when it does not hold', () => {
    const exported = weir(['audit', 'export']);
    expect(exported.stderr).toBe('');
    const lines = exported.stdout.trimEnd().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line)).at(-1))).toEqual([
      'log',
      ...lines.slice(1, -1).map(() => 'leaf'),
      'checkpoint',
    ]);
    const log = path.join(folder, 'log.ndjson');
    writeFileSync(log, exported.stdout);
    const [id] = readdirSync(path.join(folder, 'audit')).map((name) => name.split('.')[0]);
    const [key, kept] = ['pub', 'checkpoints'].map((ending) => path.join(folder, 'audit', `${id}.${ending}`));
    const program = path.join(root, 'lib/audit/verifier/verify-log.mjs');
    const verified = spawnSync(process.execPath, [program, log, '--key', key!, '--checkpoint', kept!], {
      encoding: 'utf8',
    });
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, entries: lines.length - 2, unsigned: 0 });

    expect(weir(['audit', 'verify', '--checkpoint', kept!]).json()).toMatchObject({
      ok: true,
      entries: lines.length - 2,
    });
    // A head that was signed for more entries than there are.
    const note = JSON.parse(lines.at(-1)!).checkpoint as string;
    const forged = path.join(folder, 'forged');
    writeFileSync(forged, note.replace(`\n${lines.length - 2}\n`, '\n999\n'));
    const refused = weir(['audit', 'verify', '--checkpoint', forged]);
    expect(refused.status).toBe(1);
    expect(refused.json()).toMatchObject({
      ok: false,
      problem: expect.stringContaining('not signed by a key'),
    });
    expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('tells what is wrong when the database cannot be reached', () => {
    const file = path.join(folder, 'one.ndjson');
    writeFileSync(file, '{"record":"account","account_id":"a","created_at":"2026-08-01T00:00:00Z"}\n');
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/weir.ts', 'ingest', file], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', WEIR_STATE: folder },
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('ECONNREFUSED');
  });
});
