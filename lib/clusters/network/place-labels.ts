/** Labels for the strongest dozen values, each where it touches neither a node nor another label. Pure. */

export type LabelSide = 'right' | 'left' | 'top' | 'bottom';

export interface LabelledNode {
  id: string;
  x: number;
  y: number;
  radius: number;
  /** What it says, or null for a node that only stands in the way. */
  text: string | null;
  /** Stronger ones are placed first. */
  strength: number;
}

const LABELS = 12;
const LETTER = 6.8;
const HEIGHT = 14;
const GAP = 4;
const OUTSIDE = 36;
const FROM_LEFT = ['right', 'bottom', 'top', 'left'] as const;
const FROM_RIGHT = ['left', 'bottom', 'top', 'right'] as const;
/** Longer texts are cut to this, with an ellipsis. */
const LABEL_LENGTH = 18;

interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What a label shows of a value: its beginning on one line. */
export function labelText(value: string): string {
  const line = [...value.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()];
  return line.length > LABEL_LENGTH ? `${line.slice(0, LABEL_LENGTH - 1).join('')}…` : line.join('');
}

/** The side of each label that found a place, by node. */
export function placeLabels(nodes: readonly LabelledNode[]): Map<string, LabelSide> {
  const sides = new Map<string, LabelSide>();
  const taken: Rectangle[] = [];
  const wanted = nodes
    .filter((node) => node.text !== null)
    .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
  // Labels that stick out would make the whole picture smaller: they point inwards and end at the outermost nodes.
  const left = Math.min(...nodes.map((node) => node.x)) - OUTSIDE;
  const right = Math.max(...nodes.map((node) => node.x)) + OUTSIDE;
  const middle = (left + right) / 2;
  for (const node of wanted) {
    if (sides.size === LABELS) break;
    for (const side of node.x < middle ? FROM_LEFT : FROM_RIGHT) {
      const area = labelArea(node, side);
      if (area.left < left || area.right > right) continue;
      if (taken.some((other) => meet(area, other))) continue;
      if (nodes.some((other) => other !== node && covers(area, other))) continue;
      sides.set(node.id, side);
      taken.push(area);
      break;
    }
  }
  return sides;
}

export function labelArea(node: LabelledNode, side: LabelSide): Rectangle {
  const width = labelText(node.text ?? '').length * LETTER;
  const reach = node.radius + GAP;
  const left =
    side === 'right' ? node.x + reach : side === 'left' ? node.x - reach - width : node.x - width / 2;
  const top =
    side === 'top' ? node.y - reach - HEIGHT : side === 'bottom' ? node.y + reach : node.y - HEIGHT / 2;
  return { left, top, right: left + width, bottom: top + HEIGHT };
}

const meet = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function covers(area: Rectangle, node: LabelledNode): boolean {
  const dx = Math.max(area.left - node.x, 0, node.x - area.right);
  const dy = Math.max(area.top - node.y, 0, node.y - area.bottom);
  return Math.hypot(dx, dy) < node.radius + 1;
}
