import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** What opens a connection by itself. */
const CALLS =
  /(?<![.\w])fetch\(|\bhttps?\.(?:request|get)\(|\b(?:net|tls)\.connect\(|\bcreateTransport\(|\bhttp\)\.request\(|\bnew WebSocket\(/;

/** Where that is not by way of lib/outgoing, and why it may. */
const MAY: Record<string, string> = {
  'lib/outgoing/send-request.ts': 'asks findDestination and connects to the address that was checked',
  'lib/audit/second-place.ts':
    'WEIR_CHECKPOINTS, which only the machine’s configuration names; redirects are errors',
  'lib/notifications/send-mail.ts': 'WEIR_SMTP_URL, which only the machine’s configuration names',
  'lib/cli/start.ts': 'its own /readyz on this machine',
};

test('every call to another machine goes through the guard, except to what the configuration names', () => {
  const found = ['lib', 'app'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      // Client components ask their own server alone: the page's policy lets them ask no other.
      .filter((name) => /\.(ts|mjs)$/.test(name) && !/\.test\.ts$|\/(testing|bench|generated)\//.test(name))
      .filter((name) => CALLS.test(readFileSync(path.join(root, name), 'utf8'))),
  );
  expect(found.sort()).toEqual(Object.keys(MAY).sort());
});
