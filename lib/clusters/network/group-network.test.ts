import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkMember, NetworkValue } from './choose-values';
import { groupNetwork, NETWORK_LIMITS, type NetworkInput, type Part } from './group-network';

/** `cells` of accounts share one card each and mix over a few templates; deterministic. */
function cluster(accounts: number, cells: number, kinds = { template: 14, ip: 52 }): NetworkInput {
  const values: NetworkValue[] = [];
  const add = (kind: string, count: number): number => {
    for (let i = 0; i < count; i++)
      values.push({
        id: `${kind}${i}`,
        kind,
        value: `${kind} ${i}`,
        population: kind === 'template' ? 900 : 40,
        expected: 1,
      });
    return values.length - count;
  };
  const cards = add('payment', cells);
  const templates = add('template', kinds.template);
  const addresses = add('ip', kinds.ip);
  const members = Array.from(
    { length: accounts },
    (_, i): NetworkMember => ({
      accountId: `acct_${i}`,
      name: null,
      role: i % 11 === 0 ? 'weak' : 'core',
      strength: (i % 97) / 97,
      values: [
        cards + (i % cells),
        templates + ((i * 7) % kinds.template),
        addresses + ((i * 31) % kinds.ip),
      ],
    }),
  );
  return { values, members };
}

const allParts = (grouped: ReturnType<typeof groupNetwork>): Part[] => [
  ...grouped.parts,
  ...(grouped.expanded?.parts ?? []),
];
const ids = (parts: Part[]): string[] =>
  parts.flatMap((part) => part.members.map((member) => member.accountId));

describe('groupNetwork()', () => {
  it('draws every account of a small cluster, with all that holds it', () => {
    const grouped = groupNetwork(cluster(60, 4, { template: 5, ip: 6 }));
    expect(grouped.parts).toHaveLength(60);
    expect(grouped.parts.every((part) => !part.folded && part.edges.length === 3)).toBe(true);
  });

  it('puts each of 20,000 members into exactly one node, inside the limits', () => {
    const input = cluster(20_000, 214);
    const grouped = groupNetwork(input);
    expect(new Set(ids(grouped.parts)).size).toBe(20_000);
    expect(ids(grouped.parts)).toHaveLength(20_000);
    const values = grouped.values.filter((value) => value.drawn).length;
    expect(values + grouped.parts.length).toBeLessThanOrEqual(NETWORK_LIMITS.nodes);
    expect(grouped.parts.reduce((sum, part) => sum + part.edges.length, 0)).toBeLessThanOrEqual(
      NETWORK_LIMITS.edges,
    );
  });

  it('expands one group within the limits and leaves the others as they were', () => {
    const input = cluster(20_000, 40);
    const base = groupNetwork(input);
    const largest = [...base.parts].sort((a, b) => b.members.length - a.members.length)[0]!;
    const grouped = groupNetwork(input, { expand: largest.id });
    expect(grouped.expanded?.parts.filter((part) => !part.folded)).toHaveLength(NETWORK_LIMITS.expandedNodes);
    expect(ids(allParts(grouped)).sort()).toEqual(ids(base.parts).sort());
    expect(grouped.parts.map((part) => part.id).sort()).toEqual(
      base.parts
        .map((part) => part.id)
        .filter((id) => id !== largest.id)
        .sort(),
    );
    const edges = allParts(grouped).reduce((sum, part) => sum + part.edges.length, 0);
    expect(edges).toBeLessThanOrEqual(600);
  });

  it('treats an unknown group to expand as none', () => {
    const input = cluster(500, 10);
    expect(groupNetwork(input, { expand: 'g:nothing' })).toEqual(groupNetwork(input));
  });

  it('does not depend on the order of members and values', () => {
    const input = cluster(700, 23);
    const shuffled: NetworkInput = {
      values: [...input.values].reverse(),
      members: [...input.members].reverse().map((member) => ({
        ...member,
        values: member.values.map((v) => input.values.length - 1 - v).reverse(),
      })),
    };
    expect(groupNetwork(shuffled)).toEqual(groupNetwork(input));
  });

  it('keeps accounts that no drawn value holds together in one group without edges', () => {
    const input = cluster(40, 2);
    const lonely = Array.from(
      { length: 5 },
      (_, i): NetworkMember => ({
        accountId: `lonely_${i}`,
        name: null,
        role: 'weak',
        strength: 0.1,
        values: [],
      }),
    );
    const grouped = groupNetwork({ ...input, members: [...input.members, ...lonely] });
    const group = grouped.parts.find((part) => part.folded);
    expect(group).toMatchObject({ edges: [], expandable: false });
    expect(group?.members).toHaveLength(5);
  });

  it('loses and doubles nobody, whatever the input', () => {
    const member = fc.record({
      values: fc.array(fc.nat(30), { maxLength: 12 }),
      strength: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(member, { maxLength: 600 }), fc.integer({ min: 1, max: 31 }), (members, kinds) => {
        const values = Array.from({ length: 31 }, (_, i) => ({
          id: `${i}`,
          kind: `k${i % kinds}`,
          value: `${i}`,
          population: i,
          expected: 0,
        }));
        const input = {
          values,
          members: members.map((m, i) => ({ ...m, accountId: `${i}`, name: null, role: 'core' as const })),
        };
        const grouped = groupNetwork(input);
        expect(ids(grouped.parts).sort()).toEqual(input.members.map((m) => m.accountId).sort());
        expect(grouped.parts.length + values.length).toBeLessThanOrEqual(NETWORK_LIMITS.nodes + 31);
        for (const part of grouped.parts)
          for (const edge of part.edges)
            expect(part.members.filter((m) => m.values.includes(edge.value))).toHaveLength(edge.accounts);
      }),
      { numRuns: 60 },
    );
  });
});
