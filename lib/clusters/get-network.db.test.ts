import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { getNetwork } from './get-network';
import { listNetworkAccounts } from './list-network-accounts';
import { insertCluster, insertUser } from './testing/fixtures';

let analyst: Person;

beforeAll(async () => {
  analyst = await insertUser('analyst', 'Ann');
});

const evidenceValue = (indicatorId: string, value: string) => ({
  indicatorId,
  value,
  members: 2,
  population: 3,
  expected: 0.1,
});

/** Seen on each of these days; all accounts of the cluster when none are named. */
async function link(
  clusterId: number,
  indicatorId: string,
  kind: string,
  days: string[],
  accounts?: string[],
) {
  await pool().query('INSERT INTO indicator (id, kind, value) VALUES ($1, $2, $3)', [
    indicatorId,
    kind,
    `v${indicatorId}`,
  ]);
  await makeWeeks(...days);
  await pool().query(
    `INSERT INTO account_indicator (account_key, indicator_id, day, count)
     SELECT a.key, $2, d::date, 1 FROM cluster_member m JOIN account a ON a.key = m.account_key,
       unnest($3::text[]) AS d
     WHERE m.cluster_id = $1 AND ($4::text[] IS NULL OR a.id = ANY($4::text[]))`,
    [clusterId, indicatorId, days, accounts ?? null],
  );
}

describe('getNetwork()', () => {
  test('counts an account once, however many days it was seen with a value', async () => {
    const id = await insertCluster(
      {},
      [{ id: 'net_a' }, { id: 'net_b' }, { id: 'net_c', role: 'weak', strength: 0.1 }],
      [
        { kind: 'payment', values: [evidenceValue('9001', 'pm_1')], valueCount: 1 },
        { kind: 'ip', values: [evidenceValue('9002', '192.0.2.1 on 2026-09-01')], valueCount: 40 },
        { kind: 'time_bins', values: [], valueCount: 0 },
      ],
    );
    await link(id, '9001', 'payment', ['2026-09-01', '2026-09-02']);
    await link(id, '9002', 'ip', ['2026-09-01', '2026-09-02'], ['net_a', 'net_b']);
    const graph = await getNetwork(analyst, id);
    const values = graph.nodes.filter((node) => node.type === 'value');
    expect(values.map(({ kind, value, members }) => [kind, value, members]).sort()).toEqual([
      ['ip', '192.0.2.1', 2],
      ['payment', 'pm_1', 3],
    ]);
    // The evidence counts an address day by day; here it is one value, with all who ever held it.
    expect(values.find((node) => node.kind === 'ip')).toMatchObject({
      population: 2,
      expected: (3 * 2) / 1000,
    });
    expect(graph).toMatchObject({ members: 3, shown: 3, folded: 0, groups: 0 });
    expect(graph.edges).toHaveLength(5);
    expect(graph.kinds).toContainEqual({ kind: 'ip', drawn: 1, total: 40 });
    expect(graph.kinds).toContainEqual({ kind: 'time_bins', drawn: 0, total: 0 });
  });

  test('folds a large cluster, and draws one group by its accounts when asked', async () => {
    const members = Array.from({ length: 400 }, (_, i) => ({ id: `big_${i}` }));
    const id = await insertCluster({}, members, [
      {
        kind: 'payment',
        values: [evidenceValue('9101', 'pm_x'), evidenceValue('9102', 'pm_y')],
        valueCount: 2,
      },
    ]);
    await link(
      id,
      '9101',
      'payment',
      ['2026-09-01'],
      members.slice(0, 250).map((member) => member.id),
    );
    await link(
      id,
      '9102',
      'payment',
      ['2026-09-01'],
      members.slice(250).map((member) => member.id),
    );
    const graph = await getNetwork(analyst, id);
    const groups = graph.nodes.filter((node) => node.type === 'group');
    expect(groups.map((group) => group.accounts).sort()).toEqual([150, 250]);
    const opened = await getNetwork(analyst, id, { expand: groups[0]?.id });
    expect(opened.shown).toBeGreaterThan(0);
    expect(opened.shown + opened.folded).toBe(400);

    // What stands behind a picked group or value is exactly the accounts that the picture counts there.
    const small = groups.find((group) => group.accounts === 150);
    const value = graph.nodes.find((node) => node.type === 'value' && node.members === 150);
    const picked = await listNetworkAccounts(analyst, id, { nodes: [small?.id ?? '', value?.id ?? ''] });
    expect(picked).toMatchObject({ accounts: 150, weak: 0, unknown: 0 });
    expect([...picked.proposable].sort()).toEqual(
      members
        .slice(250)
        .map((member) => member.id)
        .sort(),
    );
    const gone = await listNetworkAccounts(analyst, id, { nodes: ['g:0000000000000000'] });
    expect(gone).toMatchObject({ accounts: 0, unknown: 1 });
  });

  test('is not for readers who may not see prompts and addresses', async () => {
    const id = await insertCluster({}, [{ id: 'hidden_1' }]);
    const auditor = await insertUser('auditor');
    await expect(getNetwork(auditor, id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('says when there is no such cluster', async () => {
    await expect(getNetwork(analyst, 987_654)).rejects.toMatchObject({ code: 'not_found' });
  });
});
