/** One person stops everything and two let it go on; an owner's objection is judged by somebody who had no part. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures';
import { weir } from './weir-command';

/** Answers the dialog that is open, with a reason where it asks for one. */
async function confirm(page: Page, button: string | RegExp, reason?: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  if (reason) await dialog.getByLabel(/^Reason/).fill(reason);
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toBeHidden();
}

/** Proposes to throttle the queue's last cluster, but for whom a second approver would be needed. @returns its path */
async function proposeThrottling(page: Page): Promise<string> {
  await page.goto('/clusters');
  const last = page.getByRole('row').last();
  const id = (await last.getByText(/^CL-\d+/).innerText()).slice(3).trim();
  await page.goto(`/approvals/new?cluster=${id}&action=throttle&exclude=paying`);
  await page.getByLabel(/^Reason/).fill('One script, a few accounts; slow them down.');
  await page.getByRole('button', { name: /^Propose throttling/ }).click();
  await expect(page).toHaveURL(/\/approvals\/\d+$/);
  return new URL(page.url()).pathname;
}

async function approve(page: Page, proposal: string): Promise<void> {
  await page.goto(proposal);
  // What is typed before the page's script runs is lost.
  await expect(async () => {
    if (await page.getByRole('dialog').isVisible()) return;
    await page.getByLabel(/^Reason/).fill('Looked at all of them.');
    await page.getByRole('button', { name: /^Approve/ }).click({ timeout: 5_000 });
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await confirm(page, /^Approve/);
}

test('the kill switch, turned on by one and released by two; then an appeal, granted by a third person', async ({
  signIn,
}) => {
  test.setTimeout(240_000);
  const proposer = await signIn('approver A');
  const approver = await signIn('approver B');
  const proposal = await proposeThrottling(proposer);

  // One person stops everything. What is approved now is held up before anything is sent.
  await approver.goto('/approvals');
  await approver.getByRole('button', { name: 'Stop all enforcement…' }).click();
  await confirm(approver, 'Stop all enforcement', 'Appeals of a whole university came in.');
  await expect(approver.getByRole('heading', { name: 'The kill switch is on' })).toBeVisible();
  await expectAccessible(approver);
  await approve(approver, proposal);
  await expect(approver.getByText('Kill switch: Appeals of a whole university came in.')).toBeVisible();
  await expect(approver.getByText('Paused').first()).toBeVisible();

  // The same person cannot release it alone, by whatever way they come.
  await approver.getByRole('button', { name: 'Agree to release…' }).click();
  await confirm(approver, 'Agree', 'They were others.');
  await expect(approver.getByRole('button', { name: 'Release…' })).toBeDisabled();
  await approver.goto('/approvals');
  await expect(approver.getByRole('button', { name: 'Release…' })).toBeDisabled();

  const admin = await signIn('admin');
  await admin.goto('/approvals');
  await expect(admin.getByText(/Demo approver B agrees to release it: They were others/)).toBeVisible();
  await admin.getByRole('button', { name: 'Release…' }).click();
  await confirm(admin, 'Release', 'Indeed, I rang them up.');
  await expect(admin.getByRole('heading', { name: 'The kill switch is on' })).toHaveCount(0);

  // Nothing goes on by itself.
  await approver.goto(proposal);
  await approver.getByRole('button', { name: 'Resume…' }).click();
  await confirm(approver, /^Resume/, 'Released; this list is another.');
  await expect(approver.getByText(/^([\d,]+) of \1 throttled$/).first()).toBeVisible({ timeout: 60_000 });

  // An owner objects, with text that means harm.
  const account = await approver
    .getByRole('region', { name: 'Accounts' })
    .getByRole('link', { name: /^acct_/ })
    .first()
    .innerText();
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-appeal-'));
  const file = path.join(folder, 'appeal.ndjson');
  const appeal = {
    record: 'appeal',
    appeal_id: `ap_e2e_${Date.now()}`,
    account_id: account.trim(),
    received_at: new Date().toISOString(),
    text: '<img src=x onerror=alert(1)> We are a class of 30 on one address. \u202egnp.exe',
  };
  writeFileSync(file, `${JSON.stringify(appeal)}\n`);
  await weir(process.env.WEIR_STATE ?? '', 'ingest', file);
  rmSync(folder, { recursive: true, force: true });

  // Neither who proposed nor who approved may judge it.
  await proposer.goto('/appeals');
  await expectAccessible(proposer);
  const row = proposer.getByRole('row').filter({ hasText: account.trim() });
  await expect(row).toContainText('We are a class of 30');
  await row.getByRole('link').first().click();
  await expect(proposer.getByRole('button', { name: 'Take it up' })).toBeDisabled();
  const path_ = new URL(proposer.url()).pathname;
  await approver.goto(path_);
  await expect(approver.getByRole('button', { name: 'Take it up' })).toBeDisabled();

  const judge = await signIn('analyst');
  await judge.goto(path_);
  expect(await judge.locator('img[src="x"]').count()).toBe(0);
  await judge.getByRole('button', { name: 'Take it up' }).click();
  await judge.getByLabel(/^Reason/).fill('A school; its teacher wrote from the school.');
  await expectAccessible(judge);
  await judge.getByRole('button', { name: 'Grant…' }).click();
  await confirm(judge, 'Grant');
  await expect(judge.getByText(/restores the account; it waits for another person/)).toBeVisible();
  const restore = await judge
    .getByRole('link', { name: /^P-\d+$/ })
    .last()
    .getAttribute('href');

  // A second person lets the restore through, and the account is what it was.
  await approve(approver, restore ?? '');
  await expect(approver.getByText('1 of 1 restored').first()).toBeVisible({ timeout: 60_000 });
  await approver.goto(`/audit?object=proposal:P-${restore?.split('/').at(-1)}`);
  await expect(approver.getByRole('cell', { name: 'enforcement.finish' }).first()).toBeVisible();
});
