import { describe, expect, it } from 'vitest';
import type { NetworkGraph } from '@/lib/clusters/schema';
import { ACCOUNTS, findNodes, nearestTowards, neighboursOf, withoutKinds } from './read-network';

const value = {
  type: 'value',
  kind: 'payment',
  value: 'pm_9f2c',
  members: 40,
  population: 41,
  expected: 0.1,
  label: null,
  radius: 7,
} as const;
const group = {
  type: 'group',
  accounts: 38,
  core: 30,
  weak: 1,
  expandable: true,
  unlinked: false,
  radius: 14,
} as const;
const account = {
  type: 'account',
  accountId: 'acct_1',
  name: 'Ann',
  role: 'core',
  strength: 0.9,
  radius: 3,
} as const;
const graph: NetworkGraph = {
  nodes: [
    { ...value, id: 'v:1', x: 0, y: 0 },
    { ...value, kind: 'device', value: 'dev_1', id: 'v:2', x: 100, y: 0 },
    { ...group, id: 'g:1', x: 50, y: 50 },
    { ...account, id: 'a:1', x: 50, y: -50 },
  ],
  edges: [
    { id: '1', source: 'g:1', target: 'v:1', accounts: 38 },
    { id: '2', source: 'a:1', target: 'v:1', accounts: 1 },
    { id: '3', source: 'a:1', target: 'v:2', accounts: 1 },
  ],
  members: 39,
  shown: 1,
  folded: 38,
  groups: 1,
  kinds: [],
  expanded: null,
};

describe('a drawn network', () => {
  it('names the neighbours of a value with the largest group first', () => {
    expect(neighboursOf(graph, 'v:1').map(({ node }) => node.id)).toEqual(['g:1', 'a:1']);
  });

  it('hides a kind together with its edges, and single accounts but never groups', () => {
    expect(withoutKinds(graph, new Set(['payment'])).edges.map((edge) => edge.id)).toEqual(['3']);
    expect(withoutKinds(graph, new Set([ACCOUNTS])).nodes.map((node) => node.id)).toEqual([
      'v:1',
      'v:2',
      'g:1',
    ]);
  });

  it('finds values, accounts and names whatever the case', () => {
    expect(findNodes(graph, 'PM_9').map((node) => node.id)).toEqual(['v:1']);
    expect(findNodes(graph, 'ann').map((node) => node.id)).toEqual(['a:1']);
    expect(findNodes(graph, '  ')).toEqual([]);
  });

  it('walks with the arrows to what lies on that side, and stops at the border', () => {
    expect(nearestTowards(graph.nodes, { x: 0, y: 0 }, 1, 0)?.id).toBe('v:2');
    expect(nearestTowards(graph.nodes, { x: 0, y: 0 }, -1, 0)).toBeNull();
  });
});
