/** A cluster's prompts in the browser: exemplars for who asks for them and may. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';

test('exemplars are shown by keyboard to who asks, with their end, and to no auditor', async ({ signIn }) => {
  const analyst = await signIn('analyst');
  await analyst.goto('/clusters?sort=accounts');
  const ref = (
    await analyst
      .locator('tbody tr')
      .first()
      .getByText(/CL-\d+/)
      .innerText()
  ).trim();
  await analyst.goto(`/clusters/${ref.slice(3)}`);
  const prompts = analyst.getByRole('region', { name: 'Prompts' });
  const show = prompts.getByRole('button', { name: /^Show \d exemplar/ }).first();
  await show.focus();
  await analyst.keyboard.press('Enter');
  await expect(prompts.getByText(/expires in/).first()).toBeVisible();
  await expect(prompts.getByRole('button', { name: /^Hide/ })).toHaveAttribute('aria-expanded', 'true');
  const { violations } = await new AxeBuilder({ page: analyst }).include('#prompts').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

  const auditor = await signIn('auditor');
  await auditor.goto(`/clusters/${ref.slice(3)}`);
  await expect(auditor.getByRole('region', { name: 'Evidence' })).toBeVisible();
  await expect(auditor.getByRole('region', { name: 'Prompts' })).toHaveCount(0);
  const answer = await auditor.request.get(`/api/clusters/${ref.slice(3)}/prompts?exemplars=1`);
  expect(answer.status()).toBe(403);
});
