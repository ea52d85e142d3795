/** A cluster drawn account by account, as a desk would that does not fold: the yardstick of bench:graph. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../desk-process';

const PAN_MS = 20_000;
const GIVE_UP_MS = 90_000;

export interface WholeDrawing {
  nodes: number;
  edges: number;
  /** Milliseconds until the first picture. */
  first: number;
  gaps: number[];
  /** Why there is no picture, or null. */
  problem: string | null;
}

const SCRIPTS = {
  cytoscape: ['cytoscape/dist/cytoscape.min.js'],
  sigma: ['graphology/dist/graphology.umd.min.js', 'sigma/dist/sigma.min.js'],
};

/** 90 values as the folded network reads them, three links an account; places are given, so no layout is timed. */
export async function drawWhole(
  page: Page,
  library: 'cytoscape' | 'sigma',
  accounts: number,
): Promise<WholeDrawing> {
  // What tsx calls inside functions that are sent to the page.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto('about:blank');
  await page.setContent('<div id="box" style="width:900px;height:640px"></div>');
  for (const script of SCRIPTS[library])
    await page.addScriptTag({ path: path.join(ROOT, 'node_modules', script) });
  const drawing = page.evaluate(draw, { library, accounts, values: 90, panMs: PAN_MS });
  const size = { nodes: accounts + 90, edges: accounts * 3 };
  const late = new Promise<null>((resolve) => setTimeout(resolve, GIVE_UP_MS, null));
  try {
    const done = await Promise.race([drawing, late]);
    if (!done) {
      drawing.catch(() => {});
      return { ...size, first: Number.NaN, gaps: [], problem: `no answer within ${GIVE_UP_MS / 1000} s` };
    }
    return { ...size, ...done, problem: null };
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { ...size, first: Number.NaN, gaps: [], problem: `failed: ${words}` };
  }
}

interface Drawn {
  /** Called at each render. */
  onRender: (heard: () => void) => void;
  push: (dx: number, dy: number) => void;
}

interface Libraries {
  cytoscape: typeof import('cytoscape');
  graphology: { default?: typeof import('graphology').default } & typeof import('graphology');
  Sigma: typeof import('sigma').default;
}

/** Runs in the page, so it holds all it needs. */
async function draw({
  library,
  accounts,
  values,
  panMs,
}: {
  library: 'cytoscape' | 'sigma';
  accounts: number;
  values: number;
  panMs: number;
}): Promise<{ first: number; gaps: number[] }> {
  const box = document.getElementById('box');
  if (!box) throw new Error('no box to draw in');
  const libraries = window as unknown as Libraries;
  const place = (i: number, spread: number) => ({
    x: Math.cos(i * 2.39996) * Math.sqrt(i) * spread,
    y: Math.sin(i * 2.39996) * Math.sqrt(i) * spread,
  });
  const heldBy = (account: number, k: number) => (account * 7 + k * 31 + (account >> 5)) % values;
  const start = performance.now();
  const times: number[] = [];

  const withCytoscape = (): Drawn => {
    const elements = [];
    for (let i = 0; i < accounts; i++) elements.push({ data: { id: `a${i}` }, position: place(i, 9) });
    for (let v = 0; v < values; v++) elements.push({ data: { id: `v${v}` }, position: place(v, 130) });
    for (let i = 0; i < accounts; i++)
      for (let k = 0; k < 3; k++)
        elements.push({ data: { id: `e${i}-${k}`, source: `a${i}`, target: `v${heldBy(i, k)}` } });
    const cy = libraries.cytoscape({
      container: box,
      elements,
      layout: { name: 'preset' },
      style: [
        { selector: 'node', style: { width: 6, height: 6 } },
        { selector: 'edge', style: { width: 0.75, 'curve-style': 'haystack' } },
      ],
    });
    return { onRender: (heard) => cy.on('render', heard), push: (x, y) => cy.panBy({ x, y }) };
  };
  const withSigma = (): Drawn => {
    const Graph = libraries.graphology.default ?? libraries.graphology;
    const graph = new (Graph as typeof import('graphology').default)({ multi: true });
    for (let i = 0; i < accounts; i++) graph.addNode(`a${i}`, { ...place(i, 9), size: 2, color: '#555' });
    for (let v = 0; v < values; v++) graph.addNode(`v${v}`, { ...place(v, 130), size: 4, color: '#000' });
    for (let i = 0; i < accounts; i++)
      for (let k = 0; k < 3; k++) graph.addEdge(`a${i}`, `v${heldBy(i, k)}`, { size: 0.5, color: '#ccc' });
    const sigma = new libraries.Sigma(graph, box, { hideEdgesOnMove: false });
    return {
      onRender: (heard) => sigma.on('afterRender', heard),
      push: (x, y) => {
        const camera = sigma.getCamera();
        const at = camera.getState();
        camera.setState({ x: at.x - x / 900, y: at.y + y / 640 });
      },
    };
  };

  const drawn = library === 'cytoscape' ? withCytoscape() : withSigma();
  drawn.onRender(() => times.push(performance.now()));
  return new Promise((resolve) => {
    let first: number | null = null;
    let panFrom = 0;
    const step = () => {
      const now = performance.now();
      if (first === null) {
        if (times.length > 0) {
          first = now - start;
          panFrom = now;
          times.length = 0;
        } else drawn.push(0.01, 0);
      } else if (now - panFrom > panMs) {
        return resolve({ first, gaps: times.slice(1).map((at, i) => at - (times[i] ?? at)) });
      } else drawn.push(Math.cos(now / 300) * 8, Math.sin(now / 300) * 5);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}
