/** The desk in use: keyboard, filters, rights, races, hostile text. */
import AxeBuilder from '@axe-core/playwright';
import { expect, tabTo, test } from './fixtures';

test('the queue is worked by keyboard and its filters live in the address', async ({ signIn }) => {
  const page = await signIn('analyst');
  await page.goto('/clusters');
  const rows = page.locator('tbody tr');
  await expect(rows.nth(2)).toBeVisible();
  // Keys are heard once the page has come alive.
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(rows.nth(2)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('X');
  await page.keyboard.press('d');
  const asked = page.getByRole('dialog', { name: 'Dismiss 2 clusters?' });
  await expect(asked.getByRole('listitem')).toHaveCount(2);
  await expect(asked.getByRole('button', { name: 'Dismiss 2' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.goto('/clusters?min=lots&status=open,gone&sort=accounts');
  await expect(page.getByText(/Ignored in this link.*score “lots”, state “open,gone”/)).toBeVisible();
  await page.goto('/clusters?min=30');
  const severe = await rows.count();
  await page.goto('/clusters');
  await expect.poll(() => rows.count()).toBeGreaterThan(severe);
  await page.goto('/clusters?min=999');
  await expect(page.getByText(/No cluster matches/)).toBeVisible();
});

test('of two who claim at once one gets it and the other is told who was first', async ({ signIn }) => {
  const [first, second] = [await signIn('analyst'), await signIn('approver A')];
  const path = await first.goto('/clusters?who=nobody&sort=accounts&dir=asc').then(async () => {
    const ref = await first
      .locator('tbody tr')
      .first()
      .getByText(/CL-\d+/)
      .innerText();
    return `/clusters/${ref.trim().slice(3)}`;
  });
  await Promise.all([first.goto(path), second.goto(path)]);
  await first.getByRole('button', { name: /^Claim/ }).click();
  await expect(first.getByText('In review').first()).toBeVisible();
  await second.getByRole('button', { name: /^Claim/ }).click();
  await expect(second.getByText(/Demo analyst claimed this/).first()).toBeVisible();
  await first.getByRole('button', { name: /^Release/ }).click();
  await expect(first.getByRole('button', { name: /^Claim/ })).toBeVisible();
});

test('a viewer reads but cannot decide; an auditor sees counts and no addresses', async ({ signIn }) => {
  const viewer = await signIn('viewer');
  await viewer.goto('/clusters');
  const ref = (
    await viewer
      .locator('tbody tr')
      .first()
      .getByText(/CL-\d+/)
      .innerText()
  )
    .trim()
    .slice(3);
  await viewer.goto(`/clusters/${ref}`);
  await expect(viewer.getByRole('button', { name: /^Claim/ })).toBeDisabled();
  const evidence = viewer.getByRole('region', { name: 'Evidence' });
  await expect(evidence.getByText(/10\.\d+\.\d+\.\d+/).first()).toBeVisible();
  const auditor = await signIn('auditor');
  await auditor.goto(`/clusters/${ref}`);
  await expect(auditor.getByRole('region', { name: 'Evidence' }).getByRole('row').nth(1)).toBeVisible();
  expect(await auditor.content()).not.toMatch(/10\.\d+\.\d+\.\d+/);
});

test('the ingest page tells what detection can see, and rejects come as NDJSON', async ({ signIn }) => {
  const page = await signIn('viewer');
  await page.goto('/ingest');
  const signals = page.getByRole('region', { name: 'What detection can see' });
  await expect(signals.getByRole('row', { name: /IP correlation/ })).toContainText('are on');
  await expect(page.getByRole('region', { name: 'Sources' })).toContainText('simulated world');
  const answer = await page.request.get('/api/ingest/rejects');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toContain('application/x-ndjson');
});

test('hostile names are text: nothing runs, nothing breaks out', async ({ signIn }) => {
  const page = await signIn('analyst');
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto('/accounts?q=script');
  await expect(page.getByText('<script>', { exact: false }).first()).toBeVisible();
  await page.locator('tbody a').first().click();
  await expect(page).toHaveURL(/\/accounts\/.+/);
  await expect(page.getByText('<script>', { exact: false }).first()).toBeVisible();
  // A title is text of the browser's own: no tag, and nothing that turns its direction around.
  expect(await page.title()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('script');
  await expect(page.getByRole('option').filter({ hasText: '<script>' }).first()).toBeVisible();
  expect(dialogs).toEqual([]);
});

test('the network is worked by keyboard alone, and each view of the timeline is accessible', async ({
  signIn,
}) => {
  const page = await signIn('analyst');
  await page.goto('/clusters/1#network');
  const network = page.getByRole('region', { name: 'Network' });
  const drawing = network.getByRole('application');
  await expect(drawing).toHaveAttribute('data-ready', 'true');
  await drawing.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(' ');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect(network.getByRole('heading', { name: '2 shapes picked' })).toBeVisible();
  await expect(
    network.getByRole('region', { name: 'Accounts picked' }).getByRole('link').first(),
  ).toBeVisible();
  await page.keyboard.press('b');
  await expect(network.getByText(/steps? between them|Nothing that is drawn joins/)).toBeVisible();
  await page.keyboard.press('z');
  await page.keyboard.press('z');
  await expect(network.getByRole('heading', { name: '1 shape picked' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(network.getByRole('heading', { name: /picked/ })).toBeHidden();
  const axe = () => new AxeBuilder({ page }).include('#timeline').include('#network').analyze();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  for (const view of ['Week', 'Hand-off', 'After bans']) {
    await timeline.getByRole('button', { name: view }).click();
    await expect(timeline.locator('[aria-busy]')).toHaveCount(0);
    const { violations } = await axe();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  }
});

test('dismissal, undo, handing over and a saved view need no mouse', async ({ signIn }) => {
  const page = await signIn('approver A');
  const keys = page.keyboard;
  await page.goto('/clusters?who=nobody&sort=accounts&dir=asc');
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  await tabTo(page, /^Saved views$/);
  await keys.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  for (
    let n = 0;
    n < 8 &&
    !(await page
      .getByRole('menuitem', { name: 'Save this view…' })
      .evaluate((item) => item === document.activeElement));
    n++
  )
    await keys.press('ArrowDown');
  await keys.press('Enter');
  await tabTo(page, /^Name/);
  await keys.type('Small \u202e<b>first</b>');
  await tabTo(page, /^Save$/);
  await keys.press('Enter');
  await expect(page.getByRole('link', { name: /^Small ⟨U\+202E⟩<b>first<\/b>/ })).toBeVisible();

  // From the list itself, the row under the keyboard opens.
  await tabTo(page, /^Clusters$/);
  await keys.press('Enter');
  await expect(page).toHaveURL(/\/clusters\/\d+$/);
  await page.waitForLoadState('networkidle');
  await tabTo(page, /^Assign…$/);
  await keys.press('Enter');
  await tabTo(page, /^To$/);
  await keys.type('Demo approver A');
  await tabTo(page, /^Hand over$/);
  await keys.press('Enter');
  await expect(page.getByText('In review').first()).toBeVisible();
  await keys.press('d');
  const dialog = page.getByRole('dialog');
  await tabTo(page, /^What it is$/);
  await keys.press('ArrowDown');
  await tabTo(page, /^Reason/);
  await keys.type('A course that asks for the same.');
  await keys.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Dismissed').first()).toBeVisible();
  await tabTo(page, /^(Undo|Take back)/);
  await keys.press('Enter');
  await expect(page.getByText('In review').first()).toBeVisible();
  await tabTo(page, /^Release$/);
  await keys.press('Enter');
  await expect(page.getByText('Open', { exact: true }).first()).toBeVisible();
});

test('a lost answer, a slow server, a cluster that is gone and a selection too large are told as what they are', async ({
  signIn,
  expectErrors,
}) => {
  expectErrors.push(/net::ERR_FAILED/, /status of 404/);
  const page = await signIn('analyst');
  await page.goto('/clusters?who=nobody&sort=accounts&dir=asc');
  const rows = page.locator('tbody tr');
  const ref = (
    await rows
      .first()
      .getByText(/CL-\d+/)
      .innerText()
  ).trim();
  await page.waitForLoadState('networkidle');

  // The list as it was stays, and stays dimmed, until the slow answer is there.
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/clusters/list*', async (route) => {
    await held;
    await route.continue();
  });
  const before = await rows.count();
  await page.keyboard.press('/');
  await page.keyboard.type('no cluster has this name');
  await expect(page.locator('table[aria-rowcount]')).toHaveAttribute('aria-busy', 'true');
  expect(await rows.count()).toBe(before);
  answer();
  await expect(page.getByText(/No cluster matches/)).toBeVisible();
  await page.unroute('**/api/clusters/list*');

  // The claim reaches the desk; its answer does not come back.
  await page.goto(`/clusters/${ref.slice(3)}`);
  await page.waitForLoadState('networkidle');
  await page.route('**/clusters/*', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    await route.fetch();
    await route.abort();
  });
  await page.keyboard.press('c');
  await expect(page.getByText(/may or may not be saved/)).toBeVisible();
  await page.unroute('**/clusters/*');
  await page.reload();
  await expect(page.getByText('In review').first()).toBeVisible();
  await page.getByRole('button', { name: /^Release/ }).click();
  await expect(page.getByRole('button', { name: /^Claim/ })).toBeVisible();

  await page.route('**/presence', (route) =>
    route.fulfill({ status: 404, json: { code: 'not_found', message: 'There is no such cluster.' } }),
  );
  await page.reload();
  await expect(page.getByText(/is not there any more\. What you see is from before/)).toBeVisible();

  const ticked = (ids: number[]) =>
    page.request.post('/api/clusters/export?format=ndjson', { form: { ticked: ids.join(',') } });
  const tooMany = await ticked(Array.from({ length: 10_000 }, (_, n) => n + 1));
  expect(tooMany.status()).toBe(400);
  expect((await tooMany.json()).message).toMatch(/at most 2000 clusters/);
  const two = await ticked([1, 2]);
  expect(two.headers()['content-disposition']).toContain('.ndjson');
  expect((await two.text()).trim().split('\n')).toHaveLength(2);
});
