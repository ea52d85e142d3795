/**
 * `npm run bench:web`: each page of a desk of 100,000 accounts and 500 clusters, in production: how long the server
 * takes, how much JavaScript is sent, when the largest thing is painted, and how long the page takes to answer a hand.
 */
import type { Page } from '@playwright/test';
import { openBenchDesk, quantile } from './open-desk';

const REQUESTS = 40;
const VISITS = 5;
const AIM = { server: 50, paint: 1_000, interaction: 100, kilobytes: 250 };

interface BenchPage {
  name: string;
  path: string;
  /** Keys pressed one after the other, and what is clicked. */
  keys: string[];
  click?: string;
}

const PAGES: BenchPage[] = [
  { name: 'overview', path: '/', keys: ['?', 'Escape'] },
  { name: 'queue', path: '/clusters', keys: ['j', 'j', 'j', 'k', 'x', 'x'] },
  {
    name: 'cluster, 20,000',
    path: '/clusters/1',
    keys: ['?', 'Escape'],
    click: '#timeline button:has-text("Week")',
  },
  {
    name: 'cluster, small',
    path: '/clusters/250',
    keys: ['?', 'Escape'],
    click: '#timeline button:has-text("Week")',
  },
  { name: 'accounts', path: '/accounts', keys: ['?', 'Escape'] },
  { name: 'account', path: '/accounts/ACCOUNT', keys: ['?', 'Escape'] },
  { name: 'indicator', path: '/indicators/INDICATOR', keys: ['?', 'Escape'] },
  { name: 'approvals', path: '/approvals', keys: ['?', 'Escape'] },
  { name: 'campaigns', path: '/campaigns', keys: ['?', 'Escape'] },
  { name: 'partners', path: '/campaigns/partners', keys: ['?', 'Escape'] },
  { name: 'workload', path: '/workload', keys: ['?', 'Escape'] },
  { name: 'detection', path: '/detection', keys: ['?', 'Escape'] },
  { name: 'audit', path: '/audit', keys: ['j', 'j', 'k'] },
  { name: 'settings', path: '/settings', keys: ['?', 'Escape'] },
];

/** Milliseconds of the whole answer, one request after the other; refuses an answer that is no page. */
async function serverTimes(page: Page, path: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < REQUESTS + 3; i++) {
    const start = performance.now();
    const answer = await page.request.get(path, { maxRedirects: 0 });
    await answer.body();
    times.push(performance.now() - start);
    if (answer.status() !== 200) throw new Error(`${path} answered with ${answer.status()}`);
  }
  return times.slice(3);
}

interface Visit {
  paint: number;
  /** The longest answer to a key or click, of those that took over 16 ms; 16 when none did. */
  interaction: number;
}

async function visit(page: Page, { path, keys, click }: BenchPage): Promise<Visit> {
  await page.goto(path, { waitUntil: 'networkidle' });
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { answers: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30))));
  }
  if (click) await page.locator(click).click();
  const interaction = await page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        setTimeout(() => resolve(Math.max(16, ...(window as unknown as { answers: number[] }).answers)), 200),
      ),
  );
  return { paint, interaction };
}

/** Kilobytes of JavaScript of a first visit as they are sent, compressed and without the answers' headers; the libraries
 * of charts and graph, which come after, apart. */
async function scriptBytes(page: Page, path: string): Promise<Record<Part, number>> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  const bodies = new Map<string, Promise<string>>();
  const scripts = new Map<string, string>();
  client.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') scripts.set(requestId, response.url);
  });
  client.on('Network.loadingFinished', ({ requestId }) => {
    const url = scripts.get(requestId);
    if (url)
      bodies.set(
        url,
        client.send('Network.getResponseBody', { requestId }).then(({ body }) => body),
      );
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  const sent = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(
      ({ name, encodedBodySize }) => [name, encodedBodySize] as const,
    ),
  );
  const sums: Record<Part, number> = { page: 0, charts: 0, graph: 0 };
  for (const [url, bytes] of sent) {
    const body = await bodies.get(url);
    if (body !== undefined) sums[partOf(body)] += bytes / 1024;
  }
  await client.detach();
  return sums;
}

type Part = 'page' | 'charts' | 'graph';

/** By a name that the library's code, or what hands it its data, cannot do without. */
function partOf(script: string): Part {
  if (script.includes('_cyreg')) return 'graph';
  return /recharts-surface|isAnimationActive/.test(script) ? 'charts' : 'page';
}

const cell = (text: string, width: number) => text.padStart(width);
const flag = (value: number, most: number, digits = 0) =>
  `${value.toFixed(digits)}${value > most ? '!' : ' '}`;

const desk = await openBenchDesk();
try {
  const page = await desk.signIn();
  await page.goto('/clusters/1');
  const firstLink = async (to: string) =>
    (await page.locator(`a[href^="/${to}/"]`).first().getAttribute('href')) ?? '';
  const account = await firstLink('accounts');
  const indicator = await firstLink('indicators');
  console.log(
    `\nserver: ${REQUESTS} requests one by one, ms; JavaScript: compressed kB of a first visit; paint and interaction: median and worst of ${VISITS} visits, ms`,
  );
  console.log(
    `aims: server ${AIM.server} at the median, paint ${AIM.paint}, interaction ${AIM.interaction}, queue and cluster ${AIM.kilobytes} kB before charts and graph; ! over`,
  );
  console.log(
    `${'page'.padEnd(18)}${['server p50', 'p95', 'JS kB', 'charts kB', 'graph kB', 'paint', 'worst', 'interaction', 'worst'].map((name) => cell(name, 12)).join('')}`,
  );
  for (const entry of PAGES) {
    const target = {
      ...entry,
      path: entry.path.replace('/accounts/ACCOUNT', account).replace('/indicators/INDICATOR', indicator),
    };
    const times = await serverTimes(page, target.path);
    const bytes = await scriptBytes(page, target.path);
    const visits: Visit[] = [];
    for (let i = 0; i < VISITS; i++) visits.push(await visit(page, target));
    const paints = visits.map((each) => each.paint);
    const interactions = visits.map((each) => each.interaction);
    const most = ['queue', 'cluster, 20,000', 'cluster, small'].includes(entry.name)
      ? AIM.kilobytes
      : Number.POSITIVE_INFINITY;
    console.log(
      entry.name.padEnd(18) +
        [
          flag(quantile(times, 0.5), AIM.server),
          flag(quantile(times, 0.95), Number.POSITIVE_INFINITY),
          flag(bytes.page, most),
          flag(bytes.charts, Number.POSITIVE_INFINITY),
          flag(bytes.graph, Number.POSITIVE_INFINITY),
          flag(quantile(paints, 0.5), AIM.paint),
          flag(Math.max(...paints), Number.POSITIVE_INFINITY),
          flag(quantile(interactions, 0.5), AIM.interaction),
          flag(Math.max(...interactions), Number.POSITIVE_INFINITY),
        ]
          .map((text) => cell(text, 12))
          .join(''),
    );
  }
} finally {
  await desk.end();
}
