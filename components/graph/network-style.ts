/** Cytoscape's style sheet out of the desk's own colours, so that the graph follows the theme. Browser only. */
import type { StylesheetJson } from 'cytoscape';
import { kindShape } from '@/components/clusters/kind-icon';

/** Class names that the canvas sets on elements. */
export const MARKED = { selected: 'sel', near: 'near', dim: 'dim', picked: 'picked' } as const;

/** How much is said at a zoom: shapes alone, the strongest dozen names, every name. */
export const LEVELS = ['far', 'middle', 'close'] as const;
export type Level = (typeof LEVELS)[number];

export function networkStyle(): StylesheetJson {
  const computed = getComputedStyle(document.documentElement);
  const color = (name: string): string => computed.getPropertyValue(`--${name}`).trim();
  const { text, surface, accent } = {
    text: color('text'),
    surface: color('surface'),
    accent: color('accent'),
  };
  const font = { 'font-family': 'Geist, sans-serif', 'font-size': 10 } as const;
  return [
    {
      selector: 'edge',
      style: {
        width: 'data(width)',
        'line-color': color('line-strong'),
        opacity: 0.9,
        'curve-style': 'haystack',
        'haystack-radius': 0,
        events: 'no',
      },
    },
    { selector: 'edge[width < 1]', style: { opacity: 0.65 } },
    {
      selector: 'node',
      style: { width: 'data(size)', height: 'data(size)', 'overlay-opacity': 0, 'text-events': 'no' },
    },
    {
      selector: 'node.value',
      style: {
        shape: 'ellipse',
        'background-opacity': 0,
        'background-image': (node) => kindImage(node.data('kind'), text, surface),
        'background-fit': 'contain',
        'background-width': '100%',
        'background-height': '100%',
      },
    },
    ...(['right', 'left', 'top', 'bottom'] as const).map((side) => ({
      selector: `node.label-${side}`,
      style: {
        label: 'data(label)',
        ...font,
        'font-family': 'Geist Mono, monospace',
        'font-size': 11,
        color: color('text-2'),
        'text-halign': side === 'top' || side === 'bottom' ? ('center' as const) : side,
        'text-valign': side === 'left' || side === 'right' ? ('center' as const) : side,
        'text-margin-x': side === 'left' ? -3 : side === 'right' ? 3 : 0,
        'text-margin-y': side === 'top' ? -3 : side === 'bottom' ? 3 : 0,
        'text-background-color': color('ground'),
        'text-background-opacity': 0.85,
        'text-background-padding': '1px',
      },
    })),
    { selector: 'node.account', style: { shape: 'ellipse', 'background-color': color('text-3') } },
    {
      selector: 'node.account.weak',
      style: { 'background-color': surface, 'border-width': 1.25, 'border-color': color('text-3') },
    },
    {
      selector: 'node.group',
      style: {
        shape: 'ellipse',
        'background-color': surface,
        'border-width': 1.5,
        'border-color': color('text-2'),
        label: 'data(label)',
        ...font,
        color: text,
        'text-halign': 'center',
        'text-valign': 'center',
      },
    },
    {
      selector: 'node.group.unlinked',
      style: { 'border-style': 'dashed', 'border-color': color('control-line') },
    },
    {
      selector: 'node.value.close, node.account.close',
      style: {
        label: 'data(name)',
        ...font,
        'font-family': 'Geist Mono, monospace',
        'font-size': 4,
        'min-zoomed-font-size': 7,
        color: color('text-2'),
        'text-margin-x': 0,
        'text-margin-y': 1.5,
        'text-halign': 'center',
        'text-valign': 'bottom',
      },
    },
    // An account's name has the room of one dot.
    { selector: 'node.account.close', style: { 'font-size': 2.6, 'text-margin-y': 0.5 } },
    { selector: 'node.group.close', style: { 'font-size': 6 } },
    { selector: 'node.value.far', style: { label: '' } },
    { selector: 'node.group.far', style: { 'min-zoomed-font-size': 6 } },
    { selector: 'edge.far[width < 1]', style: { opacity: 0.3 } },
    { selector: `edge.${MARKED.near}`, style: { 'line-color': accent, opacity: 1, 'z-index': 5 } },
    { selector: `node.group.${MARKED.near}`, style: { 'border-color': accent } },
    { selector: `node.account.${MARKED.near}`, style: { 'background-color': accent } },
    {
      selector: `node.account.weak.${MARKED.near}`,
      style: { 'background-color': surface, 'border-color': accent },
    },
    {
      selector: `node.value.${MARKED.selected}`,
      style: { 'background-image': (node) => kindImage(node.data('kind'), accent, surface), color: accent },
    },
    {
      selector: `node.group.${MARKED.selected}`,
      style: { 'border-color': accent, 'border-width': 2.5, color: accent },
    },
    {
      selector: `node.account.${MARKED.selected}`,
      style: {
        'background-color': accent,
        'underlay-color': accent,
        'underlay-opacity': 0.25,
        'underlay-padding': 4,
      },
    },
    {
      selector: `node.value.${MARKED.selected}`,
      style: {
        'underlay-color': accent,
        'underlay-opacity': 0.18,
        'underlay-padding': 5,
        'underlay-shape': 'ellipse',
      },
    },
    {
      selector: `node.${MARKED.picked}`,
      style: {
        'underlay-color': accent,
        'underlay-opacity': 0.35,
        'underlay-padding': 4,
        'underlay-shape': 'ellipse',
      },
    },
    { selector: `.${MARKED.dim}`, style: { opacity: 0.12 } },
  ];
}

const images = new Map<string, string>();

/** The kind's shape as everywhere else, as an image in one colour. */
function kindImage(kind: string, fill: string, cut: string): string {
  const key = `${kind} ${fill} ${cut}`;
  const known = images.get(key);
  if (known) return known;
  const shape = kindShape(kind);
  const body = shape.outline
    ? `<path d="${shape.path}" fill="none" stroke="${fill}" stroke-width=".3" transform="scale(.86)"/>`
    : `<path d="${shape.path}" fill="${fill}"/>${shape.cut ? `<path d="${shape.cut}" fill="${cut}"/>` : ''}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="56" height="56" viewBox="-1.15 -1.15 2.3 2.3">${body}</svg>`;
  const image = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  images.set(key, image);
  return image;
}
