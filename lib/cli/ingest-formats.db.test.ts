import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'weir-formats-'));
const fixtures = 'lib/records/adapters/testing';

/** Runs `weir ingest` as people do, against this file's database unless the environment says otherwise. */
function ingest(args: string[], { env = {}, input }: { env?: Record<string, string>; input?: Buffer } = {}) {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/weir.ts', 'ingest', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
    env: { ...process.env, WEIR_STATE: folder, ...env },
  });
  const lines = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('{') ? JSON.parse(line) : line));
  return { ...run, lines, last: lines.at(-1) };
}

describe('weir ingest --format', () => {
  it('takes each format and says how many spans were none of its business', () => {
    const spend = ingest(['--format', 'litellm', `${fixtures}/litellm-spend-logs.csv`]);
    expect(spend.last).toMatchObject({ accepted: 4, rejected: 0, duplicates: 0 });
    const spans = ingest([
      '--format',
      'otlp',
      `${fixtures}/otlp-current.json`,
      `${fixtures}/otlp-older.ndjson`,
    ]);
    expect(spans.last).toMatchObject({ accepted: 5, rejected: 1, skipped: 3 });
    const rejects = path.join(folder, 'rejects.ndjson');
    const log = `${fixtures}/gateway-log.csv`;
    const mapping = `${fixtures}/gateway-log.mapping.json`;
    const mapped = ingest(['--format', 'mapped', '--mapping', mapping, '--rejects', rejects, log]);
    expect(mapped.last).toMatchObject({ accepted: 2, rejected: 5 });
    expect(JSON.parse(readFileSync(rejects, 'utf8').split('\n')[0]!)).toEqual({
      file: log,
      line: 5,
      reason: 'account_id: missing',
    });
  });

  it('--preview shows rows as mapped and what would be rejected, without a database', () => {
    const env = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };
    const mapping = `${fixtures}/gateway-log.mapping.json`;
    const args = ['--preview', '--format', 'mapped', '--mapping', mapping, `${fixtures}/gateway-log.csv`];
    const { status, lines, last } = ingest(args, { env });
    expect(status).toBe(0);
    expect(lines[0]).toMatchObject({ line: 2, record: { account_id: 'Kunde_7', prompt: 'Why; and\nhow?' } });
    expect(lines[2]).toMatchObject({ line: 5, rejected: 'account_id: missing' });
    expect(last).toEqual({ preview: true, read: 7, accepted: 2, rejected: 5 });
  });

  it('--preview of a long file reads its beginning only, and hostile text cannot steer the terminal', () => {
    const file = path.join(folder, 'long.ndjson');
    const row = (n: number) => ({
      record: 'account',
      account_id: `a${n}\u202E\u009B`,
      created_at: '2026-08-01T00:00:00Z',
    });
    writeFileSync(file, Array.from({ length: 5000 }, (_, n) => JSON.stringify(row(n))).join('\n'));
    const { stdout, lines, last } = ingest(['--preview', file]);
    expect(lines).toHaveLength(11);
    expect(last).toMatchObject({ read: 1000, accepted: 1000 });
    expect(stdout).toContain('a0\\u202e\\u009b');
    expect(stdout).not.toMatch(/[\u202E\u009B]/);
    expect(lines[0].record.account_id).toBe('a0\u202E\u009B');
  });

  it('exits 2 for a format or mapping that does not fit, 1 with one line for a file that does not', () => {
    for (const args of [
      ['--format', 'xml', 'x'],
      ['--format', 'mapped', 'x'],
      ['--mapping', 'm', 'x'],
    ]) {
      expect(ingest(args).status, args.join(' ')).toBe(2);
    }
    const wrong = ingest(['--format', 'litellm', `${fixtures}/gateway-log.csv`]);
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain('the CSV has no column "request_id", "api_key", "startTime"');
    const mapping = ingest([
      '--format',
      'mapped',
      '--mapping',
      'package.json',
      `${fixtures}/gateway-log.csv`,
    ]);
    expect(mapping.status).toBe(1);
    expect(mapping.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(mapping.stderr).toContain('The mapping file: ');
  });

  it('reads zstd where this Node can, and says so where it cannot', () => {
    // One frame that holds "{}\n" uncompressed.
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x03, 0x19, 0x00, 0x00, 0x7b, 0x7d, 0x0a]);
    const { status, stderr, last } = ingest(['--preview', '-'], { input: frame });
    if ('createZstdDecompress' in zlib) expect(last).toMatchObject({ read: 1, rejected: 1 });
    else {
      expect(status).toBe(1);
      expect(stderr).toContain('22.15 and later can');
    }
  });
});
