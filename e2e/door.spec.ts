/** The door: who gets in, what a stranger sees, and what the pages say when something is not there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROLES, type Role } from '@/lib/access/schema';
import { ACTIONS, HANDLERS, PAGES, POSTED } from './doors';
import { credentials, expect, fillSignIn, test } from './fixtures';
import { type Action, actions, addressOf, all, folders, mayPass, signInOverHttp, WHO } from './walk-doors';
import { weir } from './weir-command';

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
  await page.goto('/clusters/1?role=core#timeline');
  await fillSignIn(page, email, password);
  await expect(page).toHaveURL(/\/clusters\/1\?role=core#timeline$/);
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
  await expect(page.getByRole('link', { name: 'Audit', exact: true })).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Audit', exact: true }).click();
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

test.describe
  .serial('every page, handler and action', () => {
    const desk = () => process.env.WEIR_E2E_URL ?? '';
    /** A cookie that no session stands behind gets past proxy.ts, which looks at its name alone: what refuses here would
     * refuse without it too. */
    const stranger = 'weir.session=nobody';
    const cookies = {} as Record<Role, string>;
    const emails = ROLES.map((role) => credentials(WHO[role]).email);
    const get = async (path: string, cookie: string, rsc = false) => {
      const headers = { cookie, ...(rsc && { rsc: '1' }) };
      let answer = await fetch(`${desk()}${path}`, { headers, redirect: 'manual' });
      // Next wants the payload's address to end with a mark of its headers, and says which.
      const marked = answer.headers.get('location');
      if (rsc && marked?.includes('_rsc'))
        answer = await fetch(new URL(marked, desk()), { headers, redirect: 'manual' });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };

    test.beforeAll(async () => {
      await all(ROLES, async (role) => {
        cookies[role] = await signInOverHttp(desk(), credentials(WHO[role]));
      });
    });

    test('stands in the table of doors by name, and nothing else does', () => {
      expect(folders('page.tsx')).toEqual(Object.keys(PAGES).sort());
      expect(folders('route.ts')).toEqual(Object.keys(HANDLERS).sort());
      const { built, written } = actions();
      expect([...new Set(written)].sort()).toEqual(Object.keys(ACTIONS).sort());
      const unknown = built.map(({ name }) => name).filter((name) => !Object.hasOwn(ACTIONS, name));
      expect(unknown).toEqual([]);
    });

    test('is shut to a stranger: pages and their payload lead to the door, handlers and actions answer 401', async () => {
      await all(Object.entries(PAGES), async ([folder, takes]) => {
        if (takes === 'anybody') return;
        for (const rsc of [false, true]) {
          const { status, headers, text } = await get(addressOf(folder), stranger, rsc);
          const to = headers.get('location') ?? text;
          expect([200, 303, 307, 404], `${folder} ${status}`).toContain(status);
          expect(to, folder).toContain('/login');
          for (const secret of [...emails, 'CL-', 'acct_', 'Simulated data'])
            expect(text, `${folder} for a stranger`).not.toContain(secret);
        }
      });
      await all(Object.entries(HANDLERS), async ([folder, takes]) => {
        if (takes === 'anybody') return;
        const answer = await knock(folder, stranger);
        expect(answer.status, folder).toBe(401);
        // Two of them speak in the words of their own specifications.
        if (folder.startsWith('api/'))
          expect(await answer.json(), folder).toMatchObject({ code: 'not_signed_in' });
      });
      await all(actions().built, async (action) => {
        if (ACTIONS[action.name]?.takes === 'anybody') return;
        // Refused in words, or led to the door; never anything else.
        expect(await act(action, stranger), action.name).toMatch(/"code":"not_signed_in"|^to \/login/);
      });
    });

    test('opens for the roles that the table of rights names, and for no other', async () => {
      const pairs = (names: string[]) => names.flatMap((name) => ROLES.map((role) => ({ name, role })));
      await all(pairs(Object.keys(HANDLERS)), async ({ name, role }) => {
        const takes = HANDLERS[name]!;
        if (takes === 'anybody' || takes === 'key') return;
        const answer = await knock(name, cookies[role]);
        const { status } = answer;
        const text = await answer.text();
        const shut = status === 401 || status === 403;
        expect(shut, `${name} for ${role}: ${status} ${text.slice(0, 80)}`).toBe(!mayPass(role, takes));
        expect(status, name).toBeLessThan(500);
      });
      await all(pairs(Object.keys(PAGES)), async ({ name, role }) => {
        const { status, text } = await get(addressOf(name), cookies[role], true);
        expect(status, `${name} for ${role}`).toBeLessThan(500);
        const others = emails.filter((email) => email !== credentials(WHO[role]).email);
        // The audit names who failed to sign in, to those who may see personal data.
        const mayKnow =
          role === 'admin' ||
          (name === '(desk)/audit' && mayPass(role, 'desk.read_sensitive')) ||
          (name === '(desk)/audit/access' && mayPass(role, 'audit.export'));
        if (!mayKnow || role === 'auditor')
          for (const email of others) expect(text, `${name} for ${role}`).not.toContain(email);
      });
      await all(
        actions().built.flatMap((action) => ROLES.map((role) => ({ action, role }))),
        async ({ action, role }) => {
          const { takes, with: input } = ACTIONS[action.name]!;
          if (mayPass(role, takes)) return;
          const text = await act(action, cookies[role], input);
          expect(text, `${action.name} for ${role}`).toContain('"ok":false');
          if (input) expect(text, `${action.name} for ${role}`).toContain('"code":"forbidden"');
        },
      );
    });

    /** One request as the handler expects it, with nothing in it. */
    function knock(folder: string, cookie: string): Promise<Response> {
      const type = POSTED[folder];
      return fetch(`${desk()}${addressOf(folder)}`, {
        headers: { cookie, ...(type && { 'content-type': type }) },
        ...(type && { method: 'POST', body: '\n' }),
      });
    }

    async function act(action: Action, cookie: string, input: unknown = {}): Promise<string> {
      const answer = await fetch(`${desk()}${action.path}`, {
        method: 'POST',
        headers: { cookie, 'next-action': action.id, origin: desk(), 'content-type': 'text/plain' },
        body: JSON.stringify([input]),
        redirect: 'manual',
      });
      const to = answer.headers.get('x-action-redirect');
      return `${to ? `to ${to}\n` : ''}${await answer.text()}`;
    }

    test('does nothing for another site’s form, for JSON sent as text, nor for a body without end', async () => {
      const [action] = actions().built.filter(({ name }) => name === 'signOutAction');
      const elsewhere = await fetch(`${desk()}${action!.path}`, {
        method: 'POST',
        headers: { cookie: cookies.viewer, 'next-action': action!.id, origin: 'https://evil.example' },
        body: '[]',
      });
      expect(elsewhere.status).toBeGreaterThanOrEqual(400);
      const form = new FormData();
      form.set('email', 'a@example.org');
      const plain = await fetch(`${desk()}/api/auth/signout`, {
        method: 'POST',
        headers: { cookie: cookies.viewer, 'content-type': 'text/plain', origin: 'https://evil.example' },
        body: '{"csrfToken":"x","json":"true"}',
        redirect: 'manual',
      });
      expect(plain.headers.getSetCookie().join()).not.toMatch(/weir\.session=;/);
      const multipart = await fetch(`${desk()}/settings`, {
        method: 'POST',
        headers: { cookie: cookies.admin, origin: 'https://evil.example' },
        body: form,
        redirect: 'manual',
      });
      expect(await multipart.text()).not.toContain('"ok":true');
      for (const path of ['/api/auth/signout', '/api/auth/signin', '/api/auth/callback/credentials'])
        await fetch(`${desk()}${path}`, { headers: { cookie: cookies.viewer }, redirect: 'manual' });
      // Every one of these left the session as it was.
      expect((await get('/api/desk', cookies.viewer)).status).toBe(200);
      const huge = await fetch(`${desk()}/api/auth/callback/credentials`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `password=${'x'.repeat(100_000)}`,
      });
      expect(huge.status).toBe(413);
    });

    test('is counted for Prometheus by route, and told in one line of the log that names nobody', async () => {
      const { key } = await weir(
        process.env.WEIR_STATE ?? '',
        'keys',
        'add',
        '--name',
        'P',
        '--scope',
        'metrics',
      );
      const scrape = (bearer?: string) =>
        fetch(`${desk()}/metrics`, { headers: bearer ? { authorization: `Bearer ${bearer}` } : {} });
      expect((await scrape()).status).toBe(401);
      const odd = await get('/api/clusters/list?q=hostile%22%0Aq&token=hunter2', cookies.viewer);
      const id = odd.headers.get('x-request-id') ?? '';
      await get('/%0Ano-such-page-of-a-stranger', cookies.viewer);
      const answer = await scrape(key);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      const text = await answer.text();
      for (const sample of [
        /^weir_http_request_duration_seconds_count\{method="GET",route="\/api\/clusters\/list",status="\d+"\} \d/m,
        /^weir_http_request_duration_seconds_count\{method="GET",route="\/metrics",status="401"\} \d/m,
        /^weir_database_up 1$/m,
        /^weir_database_pool_connections\{state="used"\} \d/m,
        /^weir_ingest_records_total\{result="accepted"\} [1-9]\d+/m,
        /^weir_ingest_last_record_age_seconds \d/m,
        /^weir_detection_run_age_seconds \d/m,
        /^weir_detection_run_duration_seconds [\d.]+/m,
        /^weir_proposals\{status="waiting"\} \d/m,
        /^weir_enforcement_items\{state="dead"\} \d/m,
        /^weir_audit_unsigned_entries \d/m,
        /^process_cpu_seconds_total \d/m,
      ])
        expect(text).toMatch(sample);
      for (const named of [...emails, 'hunter2', 'hostile', 'no-such-page', 'CL-', key!.slice(5)])
        expect(text).not.toContain(named);
      const log = readFileSync(path.join(process.env.WEIR_STATE ?? '', 'web.log'), 'utf8');
      const lines = log
        .split('\n')
        .filter((line) => line.startsWith('{') && line.includes('"msg":"request"'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const [line, ...more] = lines.filter((each) => each.id === id);
      expect(more).toEqual([]);
      expect(line).toMatchObject({ method: 'GET', route: '/api/clusters/list', status: odd.status });
      expect(line).toMatchObject({ ms: expect.any(Number), person: expect.any(Number) });
      for (const secret of [...emails, ...ROLES.map((role) => credentials(WHO[role]).password)])
        expect(log).not.toContain(secret);
      for (const secret of ['hunter2', key!.slice(5), cookies.viewer.split('=')[1]!.slice(0, 40)])
        expect(log).not.toContain(secret);
    });

    test('answers with all security headers; pages run scripts by nonce alone', async () => {
      const page = await get('/login', '');
      const policy = page.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([\w+/=-]{20,})'/.exec(policy)?.[1];
      expect(policy).toContain("script-src 'nonce-");
      expect(policy).toMatch(/object-src 'none'.*frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
      const scripts = page.text.match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(3);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
      expect((await get('/login', '')).headers.get('content-security-policy')).not.toContain(nonce);
      for (const path of ['/login', '/api/desk', '/healthz', '/theme.js', '/nowhere/at/all']) {
        const { headers } = await get(path, stranger);
        expect(headers.get('x-content-type-options'), path).toBe('nosniff');
        expect(headers.get('x-frame-options'), path).toBe('DENY');
        expect(headers.get('referrer-policy'), path).toBe('same-origin');
        expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
        expect(headers.get('permissions-policy'), path).toContain('camera=()');
        expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
        expect(headers.get('x-powered-by'), path).toBeNull();
        expect(headers.get('x-request-id'), path).toMatch(/^[\w-]{8,}$/);
      }
    });
  });
