import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { listPrompts } from './list-prompts';
import { insertCluster, insertUser } from './testing/fixtures';

const DAY = '2026-09-01';
let analyst: Person;
let auditor: Person;
let clusterId: number;

const value = (indicatorId: string, text: string, members: number) => ({
  indicatorId,
  value: text,
  members,
  population: members + 1,
  expected: 0.2,
});

async function keep(account: string, templateId: string, text: string, days: number): Promise<void> {
  await pool().query(
    `INSERT INTO exemplar (account_key, template_id, class, text, kept_at, expires_at)
     SELECT key, $2, 0, $3, now() - interval '40 days', now() + make_interval(days => $4) FROM account WHERE id = $1`,
    [account, templateId, text, days],
  );
}

beforeAll(async () => {
  analyst = await insertUser('analyst');
  auditor = await insertUser('auditor');
  clusterId = await insertCluster(
    {},
    [{ id: 'pr_a' }, { id: 'pr_b' }, { id: 'pr_c' }],
    [
      {
        kind: 'template',
        values: [value('501', 'explain why _', 2), value('502', 'rate _ from _', 3)],
        valueCount: 9,
      },
      { kind: 'system_prompt', values: [value('503', 'you are _', 1)], valueCount: 1 },
      { kind: 'payment' },
    ],
  );
  await insertCluster({}, [{ id: 'other' }], []);
  await makeWeeks(DAY);
  const holders: [string, string[]][] = [
    ['501', ['pr_a', 'pr_b', 'other']],
    ['502', ['pr_a', 'pr_b', 'pr_c']],
  ];
  for (const [id, accounts] of holders) {
    await pool().query(
      `INSERT INTO account_indicator (account_key, indicator_id, day, count)
       SELECT key, $1, $2, 4 FROM account WHERE id = ANY($3)`,
      [id, DAY, accounts],
    );
  }
  const sent: [string, number, number][] = [
    ['pr_a', 0, 7],
    ['pr_a', 6, 1],
    ['pr_b', 1, 2],
    ['other', 5, 100],
  ];
  for (const [account, patternClass, exchanges] of sent) {
    await pool().query(
      `INSERT INTO account_hour (account_key, hour, class, model_id, exchanges, input_tokens, output_tokens)
       SELECT key, $2, $3, 1, $4, 1, 1 FROM account WHERE id = $1`,
      [account, `${DAY}T10:00:00Z`, patternClass, exchanges],
    );
  }
  await keep('pr_a', '501', 'Explain why [e-mail] <b>matters</b>', 3);
  await keep('pr_b', '501', 'gone', -1);
});

describe('listPrompts()', () => {
  it('gives templates by members, with what their holders in the cluster send', async () => {
    const { templates, total, withExemplars } = await listPrompts(analyst, clusterId);
    expect(templates.map(({ skeleton, members }) => [skeleton, members])).toEqual([
      ['rate _ from _', 3],
      ['explain why _', 2],
      ['you are _', 1],
    ]);
    expect(total).toBe(10);
    expect(withExemplars).toBe(false);
    expect(templates[1]).toMatchObject({
      classes: [
        { class: 0, exchanges: 7 },
        { class: 1, exchanges: 2 },
        { class: 6, exchanges: 1 },
      ],
      sampled: 2,
      exemplarCount: 1,
      exemplars: [],
    });
    expect(await database().auditEntry.count({ where: { verb: 'prompts.read' } })).toBe(0);
  });

  it('gives exemplars that have not expired to who asks for them, and writes that down', async () => {
    const { templates } = await listPrompts(analyst, clusterId, { exemplars: true });
    expect(templates[1]?.exemplars).toEqual([
      {
        accountId: 'pr_a',
        class: 0,
        text: 'Explain why [e-mail] <b>matters</b>',
        expiresAt: expect.any(String),
      },
    ]);
    expect(await database().auditEntry.findMany({ where: { verb: 'prompts.read' } })).toMatchObject([
      { actor: `user:${analyst.id}`, objectId: `CL-${clusterId}`, detail: { exemplars: 1 } },
    ]);
  });

  it('shows auditors nothing of it, and says of a cluster that is not there that it is not', async () => {
    await expect(listPrompts(auditor, clusterId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listPrompts(auditor, clusterId, { exemplars: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(listPrompts(analyst, 99_999)).rejects.toMatchObject({ code: 'not_found' });
  });
});
