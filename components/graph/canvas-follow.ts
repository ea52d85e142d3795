/** What a drawn network follows by itself: the theme, its box, a pinch, and its own zoom. Browser only. */
import type { Core } from 'cytoscape';
import { LEVELS, type Level, networkStyle } from './network-style';

export const PADDING = 20;
/** Below `far` labels would be smaller than can be read; from `close` on every shape has room for its name. */
const FAR = 0.55;
const CLOSE = 1.8;

export function bringIntoView(cy: Core, id: string): void {
  const node = cy.getElementById(id);
  if (node.empty()) return;
  const at = node.renderedPosition();
  const inside =
    at.x > PADDING && at.y > PADDING && at.x < cy.width() - PADDING && at.y < cy.height() - PADDING;
  if (!inside) cy.center(node);
}

export function followTheme(cy: Core): () => void {
  const observer = new MutationObserver(() => cy.style(networkStyle()));
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

export function followSize(cy: Core, container: HTMLElement): () => void {
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
export function zoomByPinch(cy: Core, container: HTMLElement): () => void {
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

function levelAt(zoom: number): Level {
  if (zoom < FAR) return 'far';
  return zoom >= CLOSE ? 'close' : 'middle';
}

/** Level of detail: marks all elements when the zoom crosses a border, never at each step. */
export function followZoom(cy: Core): () => void {
  let level: Level | null = null;
  const look = () => {
    const now = levelAt(cy.zoom());
    if (now === level) return;
    level = now;
    markLevel(cy);
  };
  cy.on('zoom', look);
  return () => cy.off('zoom', look);
}

/** New elements have to be marked as well. */
export function markLevel(cy: Core): void {
  cy.batch(() => {
    cy.elements().removeClass(LEVELS.join(' ')).addClass(levelAt(cy.zoom()));
  });
}
