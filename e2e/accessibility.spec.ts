/** Every page of the table of doors, light and dark. It only looks: it runs beside those that change the desk. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { PAGES } from './doors';
import { expect, expectAccessible, test } from './fixtures';
import { addressOf } from './walk-doors';

/** Looked at by the spec that brings them about. */
const ELSEWHERE: Record<string, string> = {
  '(desk)/appeals/[number]': 'stops.spec.ts',
  '(desk)/approvals/[id]': 'story.spec.ts',
  '(desk)/campaigns/[id]': 'story.spec.ts',
  '(desk)/campaigns/[id]/share': 'story.spec.ts',
  '(desk)/campaigns/shares/[id]': 'story.spec.ts',
  '(desk)/reviews/[id]': 'story.spec.ts',
  'login/password': 'start.spec.ts',
};

/** Pages whose forms only an administrator sees. */
const isForAdmins = (folder: string) => /settings|partners|ingest|workload|notifications/.test(folder);

/** Where those pages stand that are of something. */
async function addressesOf(page: Page): Promise<Record<string, string>> {
  const first = async (list: string, links: string) => {
    await page.goto(list);
    return (await page.locator(links).first().getAttribute('href')) ?? '';
  };
  const account = await first('/accounts', 'tbody a[href^="/accounts/"]');
  await page.goto('/clusters?sort=accounts');
  const name = page
    .locator('tbody tr')
    .first()
    .getByText(/CL-\d+/);
  const cluster = `/clusters/${(await name.innerText()).trim().slice(3)}`;
  return {
    '(desk)/[...nowhere]': '/nowhere',
    '(desk)/accounts/[id]': account,
    '(desk)/clusters/[id]': cluster,
    '(desk)/indicators/[id]': await first(cluster, 'a[href^="/indicators/"]'),
  };
}

test('no page has a serious accessibility violation, light or dark', async ({ signIn, browser, baseURL }) => {
  test.setTimeout(360_000);
  for (const [folder, spec] of Object.entries(ELSEWHERE)) {
    expect(Object.keys(PAGES), spec).toContain(folder);
    expect(readFileSync(path.join(import.meta.dirname, spec), 'utf8')).toContain('expectAccessible(');
  }
  const [analyst, admin] = await Promise.all([signIn('analyst'), signIn('admin')]);
  const known = await addressesOf(analyst);
  const outside = await browser.newContext({ baseURL });
  const stranger = await outside.newPage();
  const look = async (page: Page, folders: string[]) => {
    for (const folder of folders) {
      const address = folder.includes('[') ? known[folder] : addressOf(folder);
      expect(address, `an address for ${folder}, or the spec that looks at it`).toBeTruthy();
      await page.goto(address ?? '');
      await expect(page.locator('main')).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
    }
  };
  const folders = Object.keys(PAGES).filter((folder) => !Object.hasOwn(ELSEWHERE, folder));
  const inDesk = folders.filter((folder) => folder !== 'login');
  // Side by side: while one page comes to rest the other is looked at.
  await Promise.all([
    look(
      analyst,
      inDesk.filter((folder) => !isForAdmins(folder)),
    ),
    look(admin, inDesk.filter(isForAdmins)).then(() => look(stranger, ['login'])),
  ]);
  await outside.close();
});
