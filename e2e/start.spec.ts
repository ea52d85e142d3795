/** `npm start` as people meet it: an empty desk, a taken port, a kill, a database that goes away, a clean end. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { freePort, startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { isAlive } from '@/lib/database/is-alive';
import { type DeskProcess, newStateFolder, removeStateFolder, spawnStart, startDesk } from './desk-process';
import { expect, expectAccessible, fillSignIn, test } from './fixtures';
import { weir } from './weir-command';

/** Every process that still works on this state. */
function leftovers(state: string): string[] {
  const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(state));
}

const pids = (state: string) => ({
  postgres: Number(readFileSync(path.join(state, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]),
});

test.describe
  .serial('npm start', () => {
    let state: string;
    let desk: DeskProcess | undefined;
    let person = { email: '', password: 'seven grey herons at dusk' };

    test.beforeAll(() => {
      state = newStateFolder();
    });

    test.afterAll(async () => {
      await desk?.end();
      removeStateFolder(state);
    });

    test('without the demo: says how to add the first person, who then sees an empty desk', async ({
      page,
    }) => {
      desk = await startDesk({ PORT: String(await freePort()), WEIR_DEMO: '0' }, state);
      await expect.poll(() => desk?.output()).toContain('users add --email');
      const { email, password } = await weir(
        state,
        'users',
        'add',
        '--email',
        'first@example.org',
        '--role',
        'admin',
      );
      person = { ...person, email: email ?? '' };
      await page.goto(`${desk.address}/login`);
      await fillSignIn(page, email ?? '', password ?? '');
      // The printed password is for once: the desk opens with one of their own.
      await expect(page).toHaveURL(/login\/password$/);
      await page.goto(`${desk.address}/clusters`);
      await expect(page).toHaveURL(/login\/password$/);
      await expectAccessible(page);
      await page.getByLabel('New password', { exact: true }).fill(person.password);
      await page.getByLabel('New password, again').fill(person.password);
      await page.getByRole('button', { name: 'Save and go on' }).click();
      await expect(page).not.toHaveURL(/login/);
      await page.goto(`${desk.address}/clusters`);
      await expect(page.getByText('weir -- ingest')).toBeVisible();
      await expect(page.getByText('Simulated data')).toHaveCount(0);
    });

    test('a second start on the same state is refused and names the first', async () => {
      await expect(startDesk({ PORT: String(await freePort()), WEIR_DEMO: '0' }, state)).rejects.toThrow(
        'already runs on this state',
      );
      expect((await fetch(`${desk?.address}/readyz`)).status).toBe(200);
    });

    test('a key takes records over HTTP; without one, with bad lines or broken gzip the answer says what to do', async ({
      page,
    }) => {
      const { key } = await weir(state, 'keys', 'add', '--name', 'shipper');
      const send = async (body: string | Buffer, authorization?: string) => {
        const response = await fetch(`${desk?.address}/api/v1/records`, {
          method: 'POST',
          body: body as BodyInit,
          headers: authorization ? { authorization } : {},
        });
        return { status: response.status, body: await response.json() };
      };
      const record = '{"record":"account","account_id":"<b>a</b>","created_at":"2026-08-01T00:00:00Z"}\n';
      expect(await send(record)).toMatchObject({ status: 401 });
      expect(await send(record, 'Bearer weir_wrong')).toMatchObject({ status: 401 });
      expect(await send(`${record}{"record":\n${record}`, `Bearer ${key}`)).toMatchObject({
        status: 202,
        body: { accepted: 2, rejected: 1, rejects: [{ line: 2 }] },
      });
      expect(await send(Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]), `Bearer ${key}`)).toMatchObject({
        status: 400,
      });
      const large = Array.from({ length: 60_000 }, (_, n) =>
        JSON.stringify({
          record: 'exchange',
          exchange_id: `e${n}`,
          account_id: 'big',
          occurred_at: '2026-08-01T00:00:00Z',
          prompt: 'x'.repeat(300),
        }),
      ).join('\n');
      expect(await send(large, `Bearer ${key}`)).toMatchObject({
        status: 202,
        body: { accepted: 60_000, rejected: 0 },
      });
      // As long as they may be, without a space, with signs that turn the direction or are not seen: no page gets wider.
      const long = {
        record: 'account',
        account_id: 'W'.repeat(128),
        display_name: `\u202e\u200b<script>${'W'.repeat(244)}`,
        created_at: '2026-08-01T00:00:00Z',
      };
      expect(await send(JSON.stringify(long), `Bearer ${key}`)).toMatchObject({ body: { accepted: 1 } });
      await page.setViewportSize({ width: 1024, height: 768 });
      await page.goto(`${desk?.address}/login`);
      await fillSignIn(page, person.email, person.password);
      await expect(page).not.toHaveURL(/login/);
      for (const at of ['/accounts?q=WWW', `/accounts/${long.account_id}`]) {
        await page.goto(`${desk?.address}${at}`);
        await expect(page.getByText('⟨U+202E⟩⟨U+200B⟩<script>').first()).toBeVisible();
        expect(await page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(1024);
      }
    });

    test('a database that falls comes back by itself, and the desk with it', async () => {
      const before = pids(state).postgres;
      process.kill(before, 'SIGQUIT');
      // Until it has fallen the desk still answers as before.
      await expect.poll(() => isAlive(before)).toBe(false);
      await expect
        .poll(async () => (await fetch(`${desk?.address}/readyz`)).status, { timeout: 60_000 })
        .toBe(200);
      expect(pids(state).postgres).not.toBe(before);
    });

    test('after kill -9 of everything the next start just works, within 15 seconds of work', async () => {
      await desk?.end('SIGKILL');
      await expect.poll(() => leftovers(state).filter((line) => !line.includes('postgres'))).toEqual([]);
      desk = await startDesk({ PORT: String(await freePort()), WEIR_DEMO: '0' }, state);
      expect((await fetch(`${desk.address}/readyz`)).status).toBe(200);
    });

    test('SIGTERM leaves nothing running and exits 0', async () => {
      expect(await desk?.end('SIGTERM')).toBe(0);
      await expect.poll(() => leftovers(state)).toEqual([]);
      desk = undefined;
    });

    test('a taken port is said and the next free one used; Ctrl-C ends it with 0', async () => {
      const taken = await freePort();
      const other = createServer().listen(taken, '127.0.0.1');
      desk = await startDesk({ PORT: String(taken), WEIR_DEMO: '0' }, state);
      expect(desk.output()).toContain(`port ${taken} is taken`);
      expect(desk.address).not.toContain(`:${taken}`);
      expect(await desk.end('SIGINT')).toBe(0);
      await expect.poll(() => leftovers(state)).toEqual([]);
      other.close();
      desk = undefined;
    });

    test('ended in the middle of its start it leaves nothing running and the next start goes on', async () => {
      const fresh = newStateFolder();
      const port = String(await freePort());
      for (const moment of [/database ready/, /taking in the simulated world/]) {
        const start = spawnStart({ PORT: port }, fresh);
        await start.says(moment, 60_000);
        expect(await start.end('SIGTERM')).toBe(0);
        await expect.poll(() => leftovers(fresh)).toEqual([]);
      }
      const whole = await startDesk({ PORT: port }, fresh);
      await expect.poll(() => whole.output()).toContain('Demo viewer');
      expect(await whole.end()).toBe(0);
      removeStateFolder(fresh);
    });

    test('on a Postgres of its own that goes away the page says so and what to do, and comes back with it', async ({
      page,
    }) => {
      const [own, fresh] = [newStateFolder(), newStateFolder()];
      const server = await startEmbeddedPostgres(own);
      desk = await startDesk(
        { PORT: String(await freePort()), WEIR_DEMO: '0', DATABASE_URL: server.url },
        fresh,
      );
      await stopEmbeddedPostgres(server.pid);
      await page.goto(`${desk.address}/login`);
      await fillSignIn(page, 'first@example.org', 'whatever-it-was');
      await expect(page.getByText(/database does not answer/i)).toBeVisible();
      expect((await fetch(`${desk.address}/readyz`)).status).toBe(503);
      const again = await startEmbeddedPostgres(own);
      expect(again.url).toBe(server.url);
      await expect.poll(async () => (await fetch(`${desk?.address}/readyz`)).status).toBe(200);
      expect(await desk.end()).toBe(0);
      desk = undefined;
      await stopEmbeddedPostgres(again.pid);
      for (const folder of [own, fresh]) removeStateFolder(folder);
    });
  });
