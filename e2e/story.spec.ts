/** The main job, once through: triage, judge, propose, a second person approves, accounts are banned, the audit tells. */
import { expect, expectAccessible, leaveField, tabTo, test } from './fixtures';

test('an analyst finds the top cluster, two approvers agree, the worker bans it, and the audit shows each step', async ({
  signIn,
}) => {
  test.setTimeout(240_000);
  const analyst = await signIn('analyst');

  // Triage: the queue's first row, in the preview and then whole.
  await analyst.goto('/clusters');
  await expect(analyst.getByText('Simulated data')).toBeVisible();
  const top = analyst.getByRole('row').nth(1);
  const name =
    (
      await top
        .getByText(/CL-\d+/)
        .locator('..')
        .innerText()
    ).split('\n')[0] ?? '';
  const ref = (await top.getByText(/CL-\d+/).innerText()).trim();
  // Keys are heard once the page has come alive.
  await analyst.waitForLoadState('networkidle');
  await analyst.keyboard.press('Enter');
  await expect(analyst).toHaveURL(new RegExp(`/clusters/${ref.slice(3)}$`));
  await expect(analyst.getByRole('heading', { name })).toBeVisible();
  await expect(analyst.getByText('act as one operation').first()).toBeVisible();

  // Evidence: every row with members, population and what chance would give.
  const evidence = analyst.getByRole('region', { name: 'Evidence' });
  await expect(evidence.getByRole('columnheader', { name: 'Expected' })).toBeVisible();
  expect(await evidence.getByRole('row').count()).toBeGreaterThan(4);

  // Timeline: drawn, with the model release marked, and as a table too.
  const timeline = analyst.getByRole('region', { name: 'Timeline' });
  await timeline.scrollIntoViewIfNeeded();
  await expect(timeline.locator('svg.recharts-surface').first()).toBeVisible();
  await expect(timeline.locator('svg text').filter({ hasText: 'atlas-4' }).first()).toBeVisible();
  await timeline.getByRole('button', { name: 'Show as table' }).click();
  await expect(timeline.getByRole('table')).toBeVisible();

  // Network: says what is not drawn, and has its table.
  const network = analyst.getByRole('region', { name: 'Network' });
  await network.scrollIntoViewIfNeeded();
  await expect(network.locator('canvas').first()).toBeVisible();
  await expect(network.getByText(/Showing [\d,]+ of [\d,]+ accounts/)).toBeVisible();
  await network.getByRole('button', { name: 'Show as table' }).click();
  await expect(network.getByRole('table').first()).toBeVisible();

  // Judge, by keyboard alone: claim, comment, confirm.
  const keys = analyst.keyboard;
  await keys.press('c');
  await expect(analyst.getByText('In review').first()).toBeVisible();
  await keys.press('m');
  await keys.type('Same templates over all waves; <b>not</b> a course.');
  await keys.press('Control+Enter');
  await expect(analyst.getByText('Same templates over all waves; <b>not</b> a course.')).toBeVisible();
  await leaveField(analyst);
  await keys.press('f');
  const confirm = analyst.getByRole('dialog');
  await tabTo(analyst, /^Reason/);
  await keys.type('Cards, devices and templates all point one way.');
  await keys.press('Control+Enter');
  await expect(confirm).toBeHidden();
  await expect(analyst.getByText('Confirmed').first()).toBeVisible();

  // Propose: who would be hit is shown before; afterwards the proposer may not approve.
  await keys.press('p');
  await tabTo(analyst, /^Reason/);
  await keys.type('Stop the extraction; front accounts were looked at.');
  // Nothing is proposed before it was counted whom it would hit.
  await expect(analyst.getByRole('button', { name: /^Propose ban of [\d,]+ accounts/ })).toBeEnabled();
  await keys.press('Control+Enter');
  await expect(analyst.getByRole('link', { name: /^Open P-\d+/ })).toBeVisible();
  await tabTo(analyst, /^Open P-\d+/);
  await keys.press('Enter');
  await expect(analyst).toHaveURL(/\/approvals\/\d+$/);
  const proposal = new URL(analyst.url()).pathname;
  await expect(analyst.getByRole('button', { name: /^Approve/ })).toBeDisabled();

  // Two approvers, as more than a thousand accounts need.
  let approver = analyst;
  for (const who of ['approver A', 'approver B'] as const) {
    approver = await signIn(who);
    await approver.goto(proposal);
    await approver.waitForLoadState('networkidle');
    await tabTo(approver, /^Reason/);
    await approver.keyboard.type(`Looked at the list and its weakest links (${who}).`);
    await tabTo(approver, /^Approve/);
    await approver.keyboard.press('Enter');
    await expect(approver.getByRole('dialog').locator(':focus')).toHaveCount(1);
    await tabTo(approver, /^Approve/);
    await approver.keyboard.press('Enter');
    await expect(approver.getByRole('dialog')).toBeHidden();
  }

  await expectAccessible(approver);

  // While it runs, one of them looks at the sample that the confirmation drew, by keyboard.
  await approver.goto('/reviews');
  await approver.getByRole('row').filter({ hasText: ref }).getByRole('link').click();
  await expect(approver.getByText(/accounts in random order/)).toBeVisible();
  await approver.waitForLoadState('networkidle');
  await expectAccessible(approver);
  await approver.keyboard.press('t');
  await expect(approver.getByText(/^0 of \d+ judged$/)).toBeVisible();
  await approver.keyboard.press('u');
  await approver.keyboard.press('1');
  await expect(approver.getByText(/^1 of \d+ judged$/)).toBeVisible();

  // Execution: progress reaches the end in front of the analyst's eyes.
  const total = Number(
    (await analyst.getByRole('heading', { level: 1 }).innerText()).replaceAll(',', '').match(/\d+/)?.[0],
  );
  await expect(analyst.getByText(/^([\d,]+) of \1 banned$/).first()).toBeVisible({ timeout: 150_000 });
  const items = analyst.getByRole('region', { name: 'Accounts' });
  await expect(items.getByText('Banned').first()).toBeVisible();
  expect(total).toBeGreaterThan(1000);

  // Accounts and cluster have changed state.
  await analyst.goto('/clusters?status=confirmed');
  await expect(analyst.getByRole('row').filter({ hasText: ref })).toContainText(/banned/);
  await analyst.goto(`/clusters/${ref.slice(3)}`);
  const accounts = analyst.getByRole('region', { name: 'Accounts' });
  await accounts.scrollIntoViewIfNeeded();
  await expect(accounts.getByText('Banned').first()).toBeVisible();

  // It becomes a campaign, of which a share is proposed.
  await analyst.getByRole('button', { name: 'Open a campaign…' }).click();
  const open = analyst.getByRole('dialog');
  await open.getByLabel('Name').fill('Glass river');
  await open.getByRole('button', { name: 'Open', exact: true }).click();
  await analyst.getByRole('link', { name: 'Glass river' }).click();
  await expect(analyst).toHaveURL(/\/campaigns\/\d+$/);
  await analyst.waitForLoadState('networkidle');
  await expectAccessible(analyst);
  await analyst.goto(`${new URL(analyst.url()).pathname}/share`);
  await expectAccessible(analyst);
  await analyst.getByLabel(/Reason/).fill('Partners should know its infrastructure.');
  await analyst.getByRole('button', { name: /^Propose/ }).click();
  await expect(analyst).toHaveURL(/\/campaigns\/shares\/\d+$/);
  await expectAccessible(analyst);

  // The audit tells it all.
  await analyst.goto('/audit');
  for (const verb of [
    'cluster.claim',
    'cluster.comment',
    'cluster.confirm',
    'proposal.create',
    'proposal.approve',
    'enforcement.start',
    'enforcement.apply',
    'enforcement.finish',
  ]) {
    await analyst.goto(`/audit?verb=${verb}`);
    await expect(analyst.getByRole('cell', { name: verb }).first()).toBeVisible();
  }
});
