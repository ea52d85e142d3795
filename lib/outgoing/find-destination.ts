/** Where a call may go. A name is resolved once, here, and the call connects to the address that was checked. */
import { lookup } from 'node:dns/promises';
import { isAllowed, readAllowed } from './allowed-destinations';
import { OutgoingError } from './outgoing-error';
import { isPublic, readIp } from './read-ip';

export interface Destination {
  url: URL;
  /** The address to connect to. */
  address: string;
  family: 4 | 6;
}

export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * Checks an address and finds out where it leads. Every address that a name stands for must be open, not the first
 * alone. Plain http goes only where the deployment allows it.
 * @throws OutgoingError refused when it leads to a closed place; failed when the name cannot be resolved
 */
export async function findDestination(
  address: string | URL,
  resolve: Resolve = resolveAll,
): Promise<Destination> {
  const url = readUrl(address);
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const found = readIp(host)
    ? [{ address: host, family: host.includes(':') ? 6 : 4 }]
    : await ask(host, resolve);
  const allowed = readAllowed(process.env);
  for (const { address } of found) {
    const bytes = readIp(address);
    if (!bytes) throw refused(`${host} does not lead to an address`);
    if (isAllowed(allowed, host, bytes)) continue;
    if (!isPublic(bytes)) throw refused(`${host} leads to a private or reserved address`);
    if (url.protocol === 'http:') throw refused('calls without encryption leave the network: use https');
  }
  const first = found[0];
  if (!first) throw new OutgoingError('failed', `${host} does not resolve`);
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 };
}

function readUrl(address: string | URL): URL {
  // The parser turns every form of an IPv4 address (2130706433, 0x7f.1, 0177.0.0.1) into four decimal parts.
  const url = URL.canParse(String(address)) ? new URL(address) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw refused('the address is not http or https');
  if (url.username || url.password) throw refused('an address must not hold a name or password');
  return url;
}

async function ask(host: string, resolve: Resolve): Promise<{ address: string; family: number }[]> {
  try {
    return await resolve(host);
  } catch (cause) {
    throw new OutgoingError('failed', `${host} does not resolve`, { cause });
  }
}

const refused = (why: string): OutgoingError => new OutgoingError('refused', `not sent: ${why}`);
