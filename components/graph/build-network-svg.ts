/** The graph as a drawing of its own, with its caption: what a reader exports is what the screen shows. Pure. */
import { kindShape } from '@/components/clusters/kind-icon';
import { formatCount } from '@/components/ui/format';
import type { NetworkEdge, NetworkNode } from '@/lib/clusters/schema';

export interface SvgColors {
  ground: string;
  surface: string;
  line: string;
  text: string;
  soft: string;
}

const MARGIN = 48;
const CAPTION = 46;
const DIMMED = 0.15;

/** @param lit ids that stay bright, or null for all @param caption lines below the drawing */
export function buildNetworkSvg(
  { nodes, edges }: { nodes: readonly NetworkNode[]; edges: readonly NetworkEdge[] },
  lit: ReadonlySet<string> | null,
  caption: readonly string[],
  colors: SvgColors,
): { svg: string; width: number; height: number } {
  const xs = nodes.map((node) => node.x);
  const ys = nodes.map((node) => node.y);
  const left = Math.min(0, ...xs) - MARGIN;
  const top = Math.min(0, ...ys) - MARGIN;
  const width = Math.ceil(Math.max(0, ...xs) + MARGIN - left);
  const height = Math.ceil(Math.max(0, ...ys) + MARGIN - top) + CAPTION;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const fade = (id: string) => (lit === null || lit.has(id) ? '' : ` opacity="${DIMMED}"`);
  const lines = edges.flatMap((edge) => {
    const a = byId.get(edge.source);
    const b = byId.get(edge.target);
    if (!a || !b) return [];
    const share = a.type === 'group' ? edge.accounts / a.accounts : 0.1;
    return `<path d="M${a.x} ${a.y}L${b.x} ${b.y}" stroke="${colors.line}" stroke-width="${(0.75 + share * 2).toFixed(2)}"${fade(edge.id)}/>`;
  });
  const shapes = nodes.map((node) => `<g${fade(node.id)}>${shapeOf(node, colors)}</g>`);
  const words = caption.map(
    (line, i) =>
      `<text x="${left + 16}" y="${top + height - CAPTION + 16 + i * 15}" font-size="11" fill="${colors.soft}">${escapeXml(line)}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="Geist, sans-serif"><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colors.ground}"/>${lines.join('')}${shapes.join('')}${words.join('')}</svg>`;
  return { svg, width, height };
}

function shapeOf(node: NetworkNode, colors: SvgColors): string {
  const { x, y, radius } = node;
  switch (node.type) {
    case 'account':
      return node.role === 'weak'
        ? `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colors.surface}" stroke="${colors.soft}"/>`
        : `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colors.soft}"/>`;
    case 'group':
      return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colors.surface}" stroke="${colors.soft}" stroke-width="1.5"${node.unlinked ? ' stroke-dasharray="3 3"' : ''}/><text x="${x}" y="${y + 3.5}" font-size="10" text-anchor="middle" fill="${colors.text}">${formatCount(node.accounts)}</text>`;
    case 'value': {
      const shape = kindShape(node.kind);
      const body = shape.outline
        ? `<path d="${shape.path}" fill="none" stroke="${colors.text}" stroke-width=".3" transform="scale(.86)"/>`
        : `<path d="${shape.path}" fill="${colors.text}"/>${shape.cut ? `<path d="${shape.cut}" fill="${colors.surface}"/>` : ''}`;
      return `<g transform="translate(${x} ${y}) scale(${radius})">${body}</g>${labelOf(node, colors)}`;
    }
  }
}

function labelOf(node: Extract<NetworkNode, { type: 'value' }>, colors: SvgColors): string {
  if (!node.label) return '';
  const { side, text } = node.label;
  const reach = node.radius + 4;
  const x = node.x + (side === 'right' ? reach : side === 'left' ? -reach : 0);
  const y = node.y + (side === 'top' ? -reach - 1 : side === 'bottom' ? reach + 9 : 4);
  const anchor = side === 'right' ? 'start' : side === 'left' ? 'end' : 'middle';
  return `<text x="${x}" y="${y}" font-family="Geist Mono, monospace" font-size="11" text-anchor="${anchor}" fill="${colors.soft}">${escapeXml(text)}</text>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Hostile text as text: marked-up, and without the control characters that XML forbids. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');
}
