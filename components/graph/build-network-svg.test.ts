import { describe, expect, it } from 'vitest';
import type { NetworkNode } from '@/lib/clusters/schema';
import { buildNetworkSvg } from './build-network-svg';

const colors = { ground: '#fff', surface: '#fff', line: '#ccc', text: '#000', soft: '#555' };
const hostile = '"><script>alert(1)</script>\u202E\u0007';

describe('buildNetworkSvg()', () => {
  it('draws every node and edge, and dims what the screen dims', () => {
    const nodes: NetworkNode[] = [
      {
        type: 'value',
        id: 'v:1',
        x: 10,
        y: 20,
        radius: 7,
        kind: 'device',
        value: hostile,
        members: 2,
        population: 2,
        expected: 0.1,
        label: { side: 'right', text: hostile },
      },
      {
        type: 'group',
        id: 'g:1',
        x: 90,
        y: 60,
        radius: 14,
        accounts: 1200,
        core: 1,
        weak: 0,
        expandable: true,
        unlinked: false,
      },
    ];
    const edges = [{ id: 'e', source: 'g:1', target: 'v:1', accounts: 600 }];
    const { svg } = buildNetworkSvg({ nodes, edges }, new Set(['v:1']), ['Iron <estuary>'], colors);
    expect(svg).toContain('>1,200</text>');
    expect(svg.match(/opacity="0.15"/g)).toHaveLength(2);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u202E');
    expect(svg).toContain('Iron &lt;estuary&gt;');
  });
});
