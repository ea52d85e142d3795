import { expect, it } from 'vitest';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { defaultConfig, type Findings } from '@/lib/detection/schema';
import { getCluster } from './get-cluster';
import { keepFindings } from './keep-findings';
import { insertCluster, insertUser } from './testing/fixtures';

const ACTOR: Actor = { kind: 'system', name: 'detection' };
const members = (count: number) => Array.from({ length: count }, () => ({}));
const keysOf = async (clusterId: number) =>
  (await database().clusterMember.findMany({ where: { clusterId } })).map((m) => m.accountKey);

/** Keeps one found cluster of these accounts. */
async function keep(keys: number[]): Promise<void> {
  const rest = { score: 30, retention: 0.9, retentionLow: 0.8, coordination: 0.9, extraction: 0.9 };
  const findings: Findings = {
    clusters: [
      {
        ...rest,
        members: keys.map((_, account) => ({
          account,
          role: 'core' as const,
          strength: 0.9,
          kinds: ['payment'],
          strengthWithout: [0.1],
        })),
        extractionMeasured: true,
        quadrant: 'distillation',
        evidence: [],
      },
    ],
    suppressed: [],
    population: { accounts: keys.length, entities: keys.length },
    declared: [],
    baseline: {
      accounts: 0,
      extractionShare: 0.05,
      extractionThreshold: 0.3,
      coordinationHigh: 0.4,
      extractionHigh: 0.5,
      extractionFrom: 'shipped',
      coordinationFrom: 'shipped',
      cloud: [],
    },
  };
  const none = new Float64Array(keys.length);
  await keepFindings(ACTOR, {
    loaded: {
      accountKeys: Int32Array.from(keys),
      window: null,
      snapshot: {
        accountIds: keys.map(String),
        entity: Int32Array.from(keys.keys()),
        kinds: [],
        valueIds: [],
        valueKind: new Uint16Array(),
        links: { account: new Int32Array(), value: new Int32Array(), count: new Float64Array() },
        activity: {
          exchanges: none,
          outputTokens: none,
          byClass: none,
          createdAt: none,
          firstSeen: none,
          lastSeen: none,
        },
        classes: ['other'],
        extractionClasses: [],
      },
    },
    findings,
    settingsVersion: 0,
    config: defaultConfig,
    startedAt: new Date(),
    seconds: {},
  });
}

it('decides a confirmed cluster anew when an open one merges into it, and keeps its claim', async () => {
  const analyst = await insertUser('analyst');
  const heir = await insertCluster(
    { status: 'confirmed', assigneeId: analyst.id, claimedAt: new Date() },
    members(6),
  );
  const other = await insertCluster({}, members(5));
  await keep([...(await keysOf(heir)), ...(await keysOf(other))]);
  expect(await database().cluster.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
    {
      id: heir,
      status: 'in_review',
      reopenedCause: 'merge',
      assigneeId: analyst.id,
      active: true,
      accounts: 11,
    },
    { id: other, status: 'open', active: false },
  ]);
  expect(await database().clusterLineage.findMany({ where: { clusterId: heir } })).toMatchObject([
    { event: 'merged', otherClusterId: other, before: 6, after: 11 },
  ]);
  const { lineage } = await getCluster(analyst, other);
  expect(lineage).toMatchObject([{ event: 'merged_into', otherClusterId: heir, after: 11 }]);
  const [entry] = await database().auditEntry.findMany({ where: { verb: 'cluster.reopen' } });
  expect(entry).toMatchObject({ objectId: `CL-${heir}`, before: { status: 'confirmed' } });
});
