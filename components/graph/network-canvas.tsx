'use client';

import type { Core } from 'cytoscape';
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { NetworkEdge, NetworkNode } from '@/lib/clusters/schema';
import {
  bringIntoView,
  followSize,
  followTheme,
  followZoom,
  markLevel,
  PADDING,
  zoomByPinch,
} from './canvas-follow';
import { insideLasso, type Point } from './inside-lasso';
import { Lasso } from './lasso';
import { loadCytoscape } from './load-cytoscape';
import { networkElements } from './network-elements';
import { MARKED, networkStyle } from './network-style';
import { nearestTowards } from './read-network';

export interface CanvasHandle {
  zoom: (factor: number) => void;
  fit: () => void;
  show: (id: string) => void;
}

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
  picked,
  focus,
  lasso,
  onSelect,
  onPick,
  onOpen,
  label,
  ref,
}: {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  selected: string | null;
  picked: readonly string[];
  /** Ids that stay lit while all else is dim, or null. */
  focus: ReadonlySet<string> | null;
  /** The next stroke is a loop, with or without Shift. */
  lasso: boolean;
  onSelect: (id: string | null) => void;
  /** One node by shift-click or space, or all that a loop holds. */
  onPick: (ids: string[], by: 'one' | 'loop') => void;
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
    loadCytoscape()
      .then((cytoscape) => {
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
        stop.push(
          followTheme(core),
          followSize(core, container),
          zoomByPinch(core, container),
          followZoom(core),
        );
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
      cy.add(networkElements(nodes, edges));
    });
    cy.layout({ name: 'preset', fit: false }).run();
    if (first) cy.fit(undefined, PADDING);
    markLevel(cy);
  }, [cy, nodes, edges]);

  // After the elements: new ones have to be marked too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: nodes and edges stand for the elements of cy
  useEffect(() => {
    cy?.batch(() => {
      cy.elements().removeClass(Object.values(MARKED));
      const node = selected === null ? cy.collection() : cy.getElementById(selected);
      node.addClass(MARKED.selected);
      node.neighborhood().addClass(MARKED.near);
      for (const id of picked) cy.getElementById(id).addClass(MARKED.picked);
      if (!focus) return;
      const dark = cy.elements().filter((each) => !focus.has(each.id()));
      dark.addClass(MARKED.dim);
      cy.edges().difference(dark).addClass(MARKED.near);
    });
  }, [cy, nodes, edges, selected, picked, focus]);

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

  const loopDrawn = (loop: Point[]) => {
    if (!cy) return;
    const [first] = loop;
    if (loop.length === 1 && first) {
      const hit = cy
        .nodes()
        .filter((node) => {
          const at = node.renderedPosition();
          return Math.hypot(at.x - first.x, at.y - first.y) <= Math.max(8, node.renderedWidth() / 2);
        })
        .first();
      if (hit.nonempty()) onPick([hit.id()], 'one');
      return;
    }
    const inside = cy.nodes().filter((node) => insideLasso(loop, node.renderedPosition()));
    // A value stands for all who hold it, wherever they are drawn: a loop around accounts means the accounts.
    const accounts = inside.filter('.account, .group');
    const held = accounts.nonempty() ? accounts : inside;
    onPick(
      held.map((node) => node.id()),
      'loop',
    );
  };

  const press = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') cy?.zoom(cy.zoom() * 1.25);
    else if (event.key === '-') cy?.zoom(cy.zoom() / 1.25);
    else if (event.key === '0') cy?.fit(undefined, PADDING);
    else if (event.key === 'Enter' && selected !== null) onOpen(selected);
    else if (event.key === ' ' && selected !== null) onPick([selected], 'one');
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
    <Lasso on={lasso} onLoop={loopDrawn}>
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
    </Lasso>
  );
}
