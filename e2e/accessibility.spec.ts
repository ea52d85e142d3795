/** Every main page, light and dark. It only looks: it runs beside those that change the desk. */
import { expect, expectAccessible, test } from './fixtures';

test('no serious accessibility violation on the main pages, light and dark', async ({ signIn }) => {
  // Two looks at each of twelve pages.
  test.setTimeout(240_000);
  const page = await signIn('analyst');
  await page.goto('/clusters');
  const ref = (
    await page
      .locator('tbody tr')
      .first()
      .getByText(/CL-\d+/)
      .innerText()
  )
    .trim()
    .slice(3);
  for (const path of [
    '/',
    '/clusters',
    `/clusters/${ref}`,
    '/clusters/muted',
    '/reviews',
    '/detection',
    '/approvals',
    '/accounts',
    '/audit',
    '/ingest',
    '/settings/detection',
    '/settings/infrastructure',
  ]) {
    await page.goto(path);
    await expect(page.locator('main')).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page);
  }
});
