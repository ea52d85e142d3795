/** A campaign of two clusters with a value of every kind, always the same. */
import type { Material, SharedValue, Volume } from '../material';

const NAMESPACE = 'c2b4f3de-5a64-4b8e-9d7c-3f1f0b6f2a11';

const value = (
  kind: SharedValue['kind'],
  text: string,
  clusterIds = [7],
  members = 40,
  population = 40,
): SharedValue => ({
  id: `${kind} ${text}`,
  kind,
  value: text,
  clusterIds,
  members,
  population,
  observations: members * 12,
  firstDay: new Date('2026-09-01T00:00:00Z'),
  lastDay: new Date('2026-09-20T00:00:00Z'),
});

const volume = (accounts: number, exchanges: number): Volume => ({
  accounts,
  exchanges,
  inputTokens: exchanges * 300,
  outputTokens: exchanges * 1_200,
  classes: [exchanges / 2, exchanges / 4, 0, 0, 0, 0, exchanges / 4],
  firstAt: new Date('2026-08-30T10:00:00Z'),
  lastAt: new Date('2026-09-24T11:00:00Z'),
});

export function exampleMaterial(): Material {
  return {
    producer: { name: 'Example Models', contact: 'abuse@example.com' },
    namespace: NAMESPACE,
    tlp: 'amber',
    campaign: {
      id: 3,
      name: 'Long winter',
      summary: 'Draws reasoning traces over both clouds.',
      volume: volume(60, 2_400),
      attribution: { actorId: 5, actor: 'Lab North', aliases: ['LN'], confidence: 75 },
    },
    clusters: [
      {
        id: 7,
        name: 'Iron estuary',
        confirmed: true,
        quadrant: 'distillation',
        retentionLow: 0.93,
        volume: volume(40, 1_600),
      },
      {
        id: 9,
        name: 'Late kiln',
        confirmed: false,
        quadrant: 'reseller_review',
        retentionLow: 0.61,
        volume: volume(20, 800),
      },
    ],
    values: [
      value('ip', '198.51.100.3', [7, 9]),
      value('ip', '2001:db8:85a3::8a2e:370:7334'),
      value('prefix', '198.51.100.0/24', [7], 38, 41),
      value('asn', '15139', [9], 18, 30),
      value('user_agent', "o'brien\\client/1.0"),
      value('payment', 'pm_1'),
      value('template', 'explain your reasoning _'),
    ],
    sightings: [],
    hashKey: Buffer.alloc(32, 7),
  };
}
