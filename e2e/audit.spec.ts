/** The audit: found, read, verified, exported and reviewed, with text in it that means harm. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ROOT } from './desk-process';
import { expect, test } from './fixtures';

// Of this run alone: a desk that is kept may hold those of another.
const RUN = Math.floor(Math.random() * 1_000_000);
const PROPOSAL = `P-${900_000_000 + RUN}`;
const SETTING = `e2e.${RUN}`;

test.beforeAll(() => {
  const script = path.join(ROOT, 'e2e', 'write-entries.ts');
  const written = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', script, PROPOSAL, SETTING],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  expect(written.stderr).toBe('');
});

/** Serious violations, as "id: where". */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`);
}

test('an execution is one line that opens, a change stands side by side, and the log is verified', async ({
  signIn,
}) => {
  const page = await signIn('approver A');
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(`/audit?object=proposal:${PROPOSAL}`);
  const rows = page.getByRole('region', { name: 'Entries' }).getByRole('row');
  await expect(rows.filter({ hasText: 'enforcement.apply' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'enforcement.apply' })).toContainText('stages 1, 2 and 3: 100 done');
  await page.getByRole('button', { name: /3 batches to/ }).click();
  await expect(rows.filter({ hasText: 'enforcement.apply' })).toHaveCount(4);
  // The keyboard goes through the batches, of which the newest is the line's own entry.
  for (let step = 0; step < 3; step++) await page.keyboard.press('j');
  await expect(rows.filter({ hasText: 'stage 1: 1 done' })).toHaveClass(/\bat\b/);

  // Found by a word, opened by keyboard; the address can be sent to somebody.
  await page.goto(`/audit?object=setting:${SETTING}`);
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/object=setting%3Ae2e\.\d+&entry=\d+/);
  const change = page.locator('.dg');
  await expect(change.getByRole('row', { name: 'value.large' })).toContainText(/1,000.*2,000/);
  await expect(change.getByRole('row', { name: 'value.kinds' }).first()).toContainText('ip');
  await expect(change).toContainText('value.<b>bold</b>');
  await expect(page.getByText('<script>alert(2)</script>', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('⟨U+202E⟩gnp.exe', { exact: false }).first()).toBeVisible();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(dialogs).toEqual([]);
  await page.reload();
  await expect(change.getByRole('row', { name: 'value.large' })).toBeVisible();

  const csv = await (await page.request.get(`/api/audit/export?format=csv&object=setting:${SETTING}`)).text();
  expect(csv).toMatch(/^\uFEFFindex,id,at,actor/);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")`);

  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByRole('heading', { name: /Intact to entry/ })).toBeVisible();
  await expect(page.getByText('Copy in the second place agrees')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
});

test('an auditor reviews access and sees no address; a viewer may neither export nor review', async ({
  signIn,
}) => {
  const auditor = await signIn('auditor');
  await auditor.goto(`/audit?object=setting:${SETTING}`);
  await expect(auditor.getByText('seen from hidden', { exact: false }).first()).toBeVisible();
  expect(await auditor.content()).not.toContain('203.0.113.9');
  await auditor.getByRole('link', { name: 'Access review' }).click();
  const rights = auditor.getByRole('region', { name: 'Who may do what' });
  await expect(rights.getByRole('row', { name: /approve or reject proposals/ })).toContainText(
    'Demo approver A',
  );
  for (const colorScheme of ['light', 'dark'] as const) {
    await auditor.emulateMedia({ colorScheme });
    expect(await violations(auditor)).toEqual([]);
  }
  const viewer = await signIn('viewer');
  await viewer.goto('/audit');
  await expect(viewer.getByRole('button', { name: 'Export' })).toBeDisabled();
  await expect(viewer.getByRole('button', { name: 'Verify now' })).toBeDisabled();
  expect((await viewer.request.get('/api/audit/export?format=csv')).status()).toBe(403);
  await viewer.goto('/audit/access');
  await expect(viewer.getByText('Approvers, administrators and auditors review access')).toBeVisible();
});
