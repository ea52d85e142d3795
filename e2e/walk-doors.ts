/** What the walk through every door stands on: what there is, who comes, and how each is tried. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RIGHTS } from '@/lib/access/rules';
import type { Role } from '@/lib/access/schema';
import { ROOT } from './desk-process';
import type { Takes } from './doors';

const app = path.join(ROOT, 'app');

/** Folders under app that hold such a file. */
export function folders(file: 'page.tsx' | 'route.ts'): string[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === file)
    .map((name) => path.dirname(name))
    .map((folder) => (folder === '.' ? '' : folder))
    .sort();
}

export interface Action {
  id: string;
  name: string;
  /** An address that serves it. */
  path: string;
}

/** Every server action of the built desk, and every one that the sources export. */
export function actions(): { built: Action[]; written: string[] } {
  const manifest = JSON.parse(
    readFileSync(path.join(ROOT, '.next/server/server-reference-manifest.json'), 'utf8'),
  ) as { node: Record<string, { exportedName: string; workers: Record<string, unknown> }> };
  const built = Object.entries(manifest.node).map(([id, { exportedName, workers }]) => ({
    id,
    name: exportedName,
    path: addressOf(
      Object.keys(workers)
        .map((worker) => worker.replace(/^app\//, '').replace(/\/?page$/, ''))
        .sort((a, b) => a.split('[').length - b.split('[').length || a.length - b.length)[0] ?? '',
    ),
  }));
  const written = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(app, name), 'utf8'))
    .filter((text) => text.startsWith("'use server'"))
    .flatMap((text) => [...text.matchAll(/^export async function (\w+)/gm)].map(([, name = '']) => name));
  return { built, written };
}

/** The address of a folder; objects by the number 1. */
export function addressOf(folder: string): string {
  const parts = folder
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('(') && !part.startsWith('[['));
  return `/${parts.map((part) => (part.startsWith('[') ? '1' : part)).join('/')}`;
}

export const WHO = {
  viewer: 'viewer',
  analyst: 'analyst',
  approver: 'approver A',
  admin: 'admin',
  auditor: 'auditor',
} as const satisfies Record<Role, string>;

export function mayPass(role: Role, takes: Takes): boolean {
  if (takes === 'person' || takes === 'anybody') return true;
  return takes !== 'key' && (RIGHTS[takes] as readonly Role[]).includes(role);
}

/** The cookie of somebody who signs in over HTTP, as next-auth's own form does. */
export async function signInOverHttp(
  desk: string,
  person: { email: string; password: string },
): Promise<string> {
  const first = await fetch(`${desk}/api/auth/csrf`);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const answer = await fetch(`${desk}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookiesOf(first) },
    body: new URLSearchParams({ csrfToken, json: 'true', ...person }),
    redirect: 'manual',
  });
  const session = cookiesOf(answer);
  if (!session.includes('weir.session='))
    throw new Error(`${person.email} could not sign in: ${answer.status}`);
  return session;
}

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** Runs them a few at a time. */
export async function all<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
}
