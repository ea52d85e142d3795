/** Sign-in at an identity provider, with a real one: who gets in, who does not, and how they prove it once more. */
import type { Page } from '@playwright/test';
import { credentials, expect, test } from './fixtures';
import { IdentityProvider, type Told } from './identity-provider';

const issuer = process.env.WEIR_E2E_OIDC ?? '';
test.skip(issuer === '', 'WEIR_E2E_OIDC names no identity provider that this desk knows');

let provider: IdentityProvider;
test.beforeAll(async () => {
  provider = new IdentityProvider(issuer, process.env.WEIR_E2E_URL ?? '');
  await provider.listen();
});
test.afterAll(() => provider.close());

const ada: Told = {
  sub: 'ada-1',
  email: 'Ada@example.net',
  email_verified: true,
  name: 'Ada <b>Lovelace</b>',
  groups: ['cooks', 'weir-team'],
};

async function comeAs(page: Page, person: Told | null, { ago = 0, to = '/login' } = {}): Promise<void> {
  Object.assign(provider, { person, ago });
  await page.context().clearCookies();
  await page.goto(to);
  await page.getByRole('button', { name: 'Continue with the test house' }).click();
}

test('lets in whom it vouches for, with the role of the claim, where they wanted to go', async ({
  page,
  signIn,
}) => {
  await comeAs(page, ada, { to: '/clusters?quadrant=distillation' });
  await expect(page).toHaveURL(/\/clusters\?quadrant=distillation$/);
  const session = (await page.context().cookies()).find(({ name }) => name === 'weir.session');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  const ask = (path = '/api/desk') => page.request.get(path, { maxRedirects: 0 });
  expect((await ask()).status()).toBe(200);
  expect((await ask('/api/audit/export')).status()).toBe(403);
  await page.goto('/settings/sign-in');
  await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Password' })).toHaveCount(0);

  const admin = await signIn('admin');
  await admin.goto('/settings');
  const row = admin.getByRole('row').filter({ hasText: 'ada@example.net' });
  await expect(row).toContainText('Ada <b>Lovelace</b>');
  await expect(row).toContainText('by the identity provider');
  await row.getByRole('button', { name: /Actions on Ada/ }).click();
  await admin.getByRole('menuitem', { name: 'Disable…' }).click();
  await admin.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(row).toContainText('Disabled');
  expect((await ask()).status()).toBe(401);
  await comeAs(page, ada);
  await expect(page.getByRole('alert').filter({ hasText: 'This user is disabled' })).toBeVisible();
});

test('refuses whoever it does not vouch for, in words, and never opens a local user by an e-mail', async ({
  playwright,
  baseURL,
  signIn,
}) => {
  /** What stands on the page that a new browser is led to. */
  const told = async (person: Told | null) => {
    provider.person = person;
    const browser = await playwright.request.newContext({ baseURL });
    const { csrfToken } = (await (await browser.get('/api/auth/csrf')).json()) as { csrfToken: string };
    const form = { csrfToken, callbackUrl: '/', json: 'true' };
    const { url } = (await (await browser.post('/api/auth/signin/oidc', { form })).json()) as { url: string };
    const answer = await browser.get(url);
    expect((await browser.get('/api/desk')).status()).toBe(401);
    return answer.text();
  };
  const refusals: [Told | null, RegExp][] = [
    [{ ...ada, sub: 'liar-1', email: credentials('admin').email }, /belongs to a user who signs in another/],
    [{ ...ada, sub: 'liar-2', email: 'new@example.net', email_verified: false }, /does not vouch for your/],
    [{ ...ada, sub: 'liar-3', email: undefined }, /does not vouch for your/],
    [{ ...ada, sub: 'cook', email: 'cook@example.net', groups: ['cooks'] }, /no role in Weir/],
    [null, /did not come to its end/],
  ];
  for (const [person, words] of refusals) expect(await told(person), String(words)).toMatch(words);
  // Somebody else's answer, without the state, nonce and verifier of this browser.
  const browser = await playwright.request.newContext({ baseURL });
  const stolen = await browser.get('/api/auth/callback/oidc?code=stolen&state=stolen');
  expect(await stolen.text()).toMatch(/did not come to its end/);
  const admin = await signIn('admin');
  const answer = await admin.request.get('/api/audit/list?verb=user.sign_in');
  const reasons = await answer.text();
  for (const why of ['known in another way', 'does not vouch', 'names no e-mail', 'holds no role'])
    expect(reasons).toContain(why);
});

test('is asked again for an act that takes a fresh proof, and what was typed stays', async ({ page }) => {
  const boss = { ...ada, sub: 'boss', email: 'boss@example.net', name: 'Boss', groups: ['weir-admins'] };
  await comeAs(page, boss, { ago: 3_600 });
  await expect(page).not.toHaveURL(/login/);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Add a user…' }).click();
  const dialog = page.getByRole('dialog', { name: /Add a user/ });
  await dialog.getByLabel('E-mail').fill('by-boss@example.net');
  await dialog.getByLabel('Name').fill('By the boss');
  await dialog.getByRole('button', { name: /^Add/ }).click();
  provider.ago = 0;
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Sign in there again' }).click(),
  ]);
  await expect(tab.getByText('Done: the other tab goes on.')).toBeVisible();
  await expect(page.getByLabel('Password of by-boss@example.net')).toBeVisible();
});
