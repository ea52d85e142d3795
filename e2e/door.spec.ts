/** The door: who gets in, what a stranger sees, and what the pages say when something is not there. */
import { credentials, expect, fillSignIn, test } from './fixtures';

test('a wrong password is told beside the form, keeps the e-mail, and the right one then lets in', async ({
  page,
}) => {
  const { email, password } = credentials('viewer');
  await page.goto('/login');
  await fillSignIn(page, email, 'not the password');
  await expect(page.getByRole('alert').filter({ hasText: /password/i })).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue(email);
  await fillSignIn(page, email, password);
  await expect(page).not.toHaveURL(/\/login/);
});

test('a stranger is led to sign-in from every page and comes back to where they wanted to go', async ({
  page,
}) => {
  for (const path of [
    '/',
    '/clusters',
    '/clusters/1',
    '/approvals',
    '/accounts',
    '/audit',
    '/ingest',
    '/settings',
  ]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/login/);
  }
  const { email, password } = credentials('viewer');
  await page.goto('/clusters?quadrant=distillation');
  await fillSignIn(page, email, password);
  await expect(page).toHaveURL(/\/clusters\?quadrant=distillation$/);
});

test('the desk’s own addresses for machines refuse a stranger with 401 and say why', async ({ request }) => {
  for (const path of [
    '/api/clusters/list',
    '/api/clusters/1/accounts',
    '/api/clusters/1/network',
    '/api/clusters/1/prompts',
    '/api/proposals/1/progress',
    '/api/ingest/rejects',
  ]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'not_signed_in', message: expect.any(String) });
  }
});

test('an address elsewhere is never followed after signing in', async ({ page }) => {
  const { email, password } = credentials('viewer');
  await page.goto('/login?next=https://example.org/phish');
  await fillSignIn(page, email, password);
  await expect(page).not.toHaveURL(/login|example\.org/);
});

test('when the session is gone the next click leads to sign-in, which says so', async ({ page }) => {
  const { email, password } = credentials('viewer');
  await page.goto('/login');
  await fillSignIn(page, email, password);
  await expect(page.getByRole('link', { name: 'Audit' })).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByLabel('E-mail')).toBeVisible();
});

test('a cluster, a proposal or an account that does not exist is said, with a way on', async ({ signIn }) => {
  const page = await signIn('viewer');
  for (const path of [
    '/clusters/999999',
    '/clusters/x',
    '/approvals/999999',
    '/accounts/no-such-account',
    '/nowhere',
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible();
    await expect(page.locator('main')).toContainText(/no |not |never|nothing/i);
    await expect(page.locator('main').getByRole('link').first(), path).toBeVisible();
  }
});

test('a cookie that was copied before its owner signed out opens nothing afterwards', async ({
  signIn,
  request,
}) => {
  const page = await signIn('viewer');
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name.endsWith('weir.session'));
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  const cookie = `${session?.name}=${session?.value}`;
  const ask = () => request.get('/api/desk', { headers: { cookie } });
  expect((await ask()).status()).toBe(200);
  await page.getByRole('button', { name: /Account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  expect((await ask()).status()).toBe(401);
  const home = await request.get('/clusters', { headers: { cookie }, maxRedirects: 0 });
  expect(home.headers().location ?? (await home.text())).toContain('/login');
});
