'use client';

import type { Core, ElementDefinition } from 'cytoscape';
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { formatCount } from '@/components/ui/format';
import type { NetworkEdge, NetworkNode } from '@/lib/clusters/schema';
import { MARKED, networkStyle } from './network-style';
import { nearestTowards, nodeText } from './read-network';

export interface CanvasHandle {
  zoom: (factor: number) => void;
  fit: () => void;
  show: (id: string) => void;
}

const PADDING = 20;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The drawing. Places are fixed; it only shows what it is given and says what was clicked. */
export function NetworkCanvas({
  nodes,
  edges,
  selected,
  focus,
  onSelect,
  onOpen,
  label,
  ref,
}: {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  selected: string | null;
  /** Ids that stay lit while all else is dim, or null. */
  focus: ReadonlySet<string> | null;
  onSelect: (id: string | null) => void;
  /** Double click or Enter. */
  onOpen: (id: string) => void;
  label: string;
  ref?: Ref<CanvasHandle>;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [cy, setCy] = useState<Core | null>(null);
  const [failed, setFailed] = useState(false);
  const select = useEffectEvent(onSelect);
  const open = useEffectEvent(onOpen);

  useEffect(() => {
    let made: Core | null = null;
    let gone = false;
    const stop: (() => void)[] = [];
    import('cytoscape')
      .then(({ default: cytoscape }) => {
        const container = box.current;
        if (gone || !container) return;
        const core = cytoscape({
          container,
          style: networkStyle(),
          minZoom: 0.3,
          maxZoom: 5,
          userZoomingEnabled: false,
          autoungrabify: true,
          boxSelectionEnabled: false,
        });
        made = core;
        core.on('tap', (event) => select(event.target === core ? null : event.target.id()));
        core.on('dbltap', 'node', (event) => open(event.target.id()));
        core.on('mouseover', 'node', (event) => {
          container.title = event.target.data('title');
          container.style.cursor = 'pointer';
        });
        core.on('mouseout', 'node', () => {
          container.title = '';
          container.style.cursor = '';
        });
        stop.push(followTheme(core), followSize(core, container), zoomByPinch(core, container));
        setCy(core);
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      for (const each of stop) each();
      made?.destroy();
      setCy(null);
    };
  }, []);

  useEffect(() => {
    if (!cy) return;
    const first = cy.elements().empty();
    cy.batch(() => {
      cy.elements().remove();
      cy.add([...nodes.map(nodeElement), ...edges.map((edge) => edgeElement(edge, nodes))]);
    });
    cy.layout({ name: 'preset', fit: false }).run();
    if (first) cy.fit(undefined, PADDING);
  }, [cy, nodes, edges]);

  // After the elements: new ones have to be marked too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: nodes and edges stand for the elements of cy
  useEffect(() => {
    cy?.batch(() => {
      cy.elements().removeClass(Object.values(MARKED));
      const node = selected === null ? cy.collection() : cy.getElementById(selected);
      node.addClass(MARKED.selected);
      node.neighborhood().addClass(MARKED.near);
      if (focus)
        cy.elements()
          .filter((each) => !focus.has(each.id()))
          .addClass(MARKED.dim);
    });
  }, [cy, nodes, edges, selected, focus]);

  useImperativeHandle(
    ref,
    () => ({
      zoom: (factor) =>
        cy?.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
      fit: () => cy?.fit(undefined, PADDING),
      show: (id) => cy && bringIntoView(cy, id),
    }),
    [cy],
  );

  const press = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') cy?.zoom(cy.zoom() * 1.25);
    else if (event.key === '-') cy?.zoom(cy.zoom() / 1.25);
    else if (event.key === '0') cy?.fit(undefined, PADDING);
    else if (event.key === 'Enter' && selected !== null) onOpen(selected);
    else if (arrow) {
      const from = nodes.find((node) => node.id === selected);
      const next = from ? nearestTowards(nodes, from, ...arrow) : (nodes[0] ?? null);
      if (next) {
        onSelect(next.id);
        if (cy) bringIntoView(cy, next.id);
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (failed) {
    return (
      <p className="net-note">
        The drawing could not be loaded. The table view has everything it shows; reload the page to try again.
      </p>
    );
  }
  return (
    <div
      ref={box}
      className="net-draw"
      role="application"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing that takes keys has no element of its own
      tabIndex={0}
      onKeyDown={press}
      data-ready={cy !== null || undefined}
    />
  );
}

function nodeElement(node: NetworkNode): ElementDefinition {
  const base = { group: 'nodes' as const, position: { x: node.x, y: node.y } };
  const data = { id: node.id, size: node.radius * 2, title: nodeText(node) };
  switch (node.type) {
    case 'value':
      return {
        ...base,
        data: { ...data, kind: node.kind, label: node.label?.text ?? '' },
        classes: node.label ? `value label-${node.label.side}` : 'value',
      };
    case 'account':
      return { ...base, data, classes: node.role === 'weak' ? 'account weak' : 'account' };
    case 'group':
      return {
        ...base,
        data: { ...data, label: formatCount(node.accounts) },
        classes: node.unlinked ? 'group unlinked' : 'group',
      };
  }
}

function edgeElement(edge: NetworkEdge, nodes: readonly NetworkNode[]): ElementDefinition {
  const source = nodes.find((node) => node.id === edge.source);
  const share = source?.type === 'group' ? edge.accounts / source.accounts : 0.1;
  return {
    group: 'edges',
    data: { id: edge.id, source: edge.source, target: edge.target, width: 0.75 + share * 2 },
  };
}

function bringIntoView(cy: Core, id: string): void {
  const node = cy.getElementById(id);
  if (node.empty()) return;
  const at = node.renderedPosition();
  const inside =
    at.x > PADDING && at.y > PADDING && at.x < cy.width() - PADDING && at.y < cy.height() - PADDING;
  if (!inside) cy.center(node);
}

function followTheme(cy: Core): () => void {
  const observer = new MutationObserver(() => cy.style(networkStyle()));
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function followSize(cy: Core, container: HTMLElement): () => void {
  let before = container.clientWidth;
  const observer = new ResizeObserver(() => {
    cy.resize();
    if (container.clientWidth !== before) cy.fit(undefined, PADDING);
    before = container.clientWidth;
  });
  observer.observe(container);
  return () => observer.disconnect();
}

/** Only with Ctrl held (which is what a pinch sends): a plain wheel scrolls the page. */
function zoomByPinch(cy: Core, container: HTMLElement): () => void {
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const bounds = container.getBoundingClientRect();
    cy.zoom({
      level: cy.zoom() * Math.exp(-event.deltaY / 200),
      renderedPosition: { x: event.clientX - bounds.left, y: event.clientY - bounds.top },
    });
  };
  container.addEventListener('wheel', onWheel, { passive: false });
  return () => container.removeEventListener('wheel', onWheel);
}
