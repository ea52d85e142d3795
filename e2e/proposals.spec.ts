/** A selection is weighed, proposed, approved by two at the same instant, and taken back through the review. */
import { expect, test } from './fixtures';

test('a list made by hand: previewed, excluded from, approved by two at once, restored by proposal', async ({
  signIn,
}) => {
  test.setTimeout(120_000);
  const analyst = await signIn('analyst');

  // Select two accounts that hardly anything is known of.
  await analyst.goto('/accounts?sort=exchanges&dir=asc');
  const boxes = analyst.getByRole('checkbox', { name: /^Select acct_/ });
  const ids: string[] = [];
  for (const n of [0, 1]) {
    ids.push(((await boxes.nth(n).getAttribute('aria-label')) ?? '').replace('Select ', ''));
    await boxes.nth(n).check();
  }
  await analyst.getByRole('button', { name: 'Propose for these…' }).click();
  await expect(analyst).toHaveURL(/from=selection/);

  // A ban takes confirmed clusters; something milder takes two approvers.
  await expect(analyst.getByText('in no confirmed cluster, as a ban needs it')).toBeVisible();
  await analyst.getByRole('button', { name: 'Throttle', exact: true }).click();
  const guards = analyst.getByRole('region', { name: 'Guardrails' });
  await expect(guards.getByText('Some are in no confirmed cluster')).toBeVisible();
  await expect(analyst.getByText('Two other people approve exactly this list')).toBeVisible();

  // The same as a pasted list: what is no account is named with its line, and has to be left out knowingly.
  await analyst.goto('/approvals/new?from=list&action=throttle');
  await analyst.getByLabel(/^Account ids/).fill(`${ids[0]}\n  ${ids[1]}\n${ids[0]}\nnobody_here`);
  await expect(analyst.getByText('line 4: nobody_here')).toBeVisible();
  await analyst.getByLabel(/^Reason/).fill('They answer from one script; slow them while we look.');
  const propose = analyst.getByRole('button', { name: 'Propose throttling 2 accounts' });
  await expect(propose).toBeDisabled();
  await analyst.getByLabel(/^Leave out the 1 that is no account/).check();
  await expect(propose).toBeEnabled();
  await propose.click();
  await expect(analyst).toHaveURL(/\/approvals\/\d+$/);
  const path = new URL(analyst.url()).pathname;
  await expect(analyst.getByRole('heading', { level: 1 })).toHaveText('Throttle 2 accounts of a pasted list');
  await expect(analyst.getByText('nobody_here')).toBeVisible();

  // Two approvers press the last button at the same instant: one word each, one start.
  const approvers = await Promise.all([signIn('approver A'), signIn('approver B')]);
  for (const approver of approvers) {
    await approver.goto(path);
    // What is typed before the page's script runs is lost.
    await expect(async () => {
      if (await approver.getByRole('dialog').isVisible()) return;
      await approver.getByLabel(/^Reason/).fill('Looked at both accounts.');
      await approver.getByRole('button', { name: /^Approve/ }).click({ timeout: 5_000 });
      await expect(approver.getByRole('dialog')).toBeVisible({ timeout: 5_000 });
    }).toPass();
  }
  await Promise.all(
    approvers.map((approver) =>
      approver
        .getByRole('dialog')
        .getByRole('button', { name: /^Approve/ })
        .click(),
    ),
  );
  for (const approver of approvers) await expect(approver.getByRole('dialog')).toBeHidden();
  await analyst.reload();
  await expect(analyst.getByText('2 of 2').first()).toBeVisible();
  await expect(analyst.getByText('2 of 2 throttled').first()).toBeVisible({ timeout: 30_000 });

  // Taking it back: the state now, the state to return to, and a second person from the review.
  await analyst.reload();
  await analyst.getByRole('link', { name: 'Restore…' }).click();
  await expect(
    analyst.getByRole('region', { name: 'What would be taken back' }).getByText('Throttled', { exact: true }),
  ).toHaveCount(2);
  await analyst.getByLabel(/^Reason/).fill('One script of a course; the wrong accounts.');
  await analyst.getByRole('button', { name: 'Propose restoring 2 accounts' }).click();
  await expect(analyst.getByRole('heading', { level: 1 })).toHaveText('Restore 2 accounts');
  const restore = new URL(analyst.url()).pathname.split('/').at(-1);

  const reviewer = approvers[0]!;
  await reviewer.goto(`/approvals/review?at=${restore}`);
  await expect(reviewer.getByRole('heading', { level: 1 })).toHaveText('Restore 2 accounts');
  await expect(async () => {
    if (await reviewer.getByRole('dialog').isVisible()) return;
    await reviewer.getByLabel(/^Reason/).fill('Indeed.');
    await reviewer.getByRole('heading', { level: 1 }).click({ timeout: 5_000 });
    await reviewer.keyboard.press('a');
    await expect(reviewer.getByRole('dialog')).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await reviewer
    .getByRole('dialog')
    .getByRole('button', { name: /^Approve/ })
    .click();
  await expect(reviewer.getByRole('dialog')).toBeHidden();
  // Opened twice, the same link says that it is answered.
  await reviewer.goto(`/approvals/${restore}`);
  await expect(reviewer.getByText('1 of 1').first()).toBeVisible();
  await expect(reviewer.getByRole('button', { name: /^Approve/ })).toHaveCount(0);
});
