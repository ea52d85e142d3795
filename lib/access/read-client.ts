/** Where a request comes from. Headers are hostile: an address counts only when a machine of ours wrote it. */
import { isIP } from 'node:net';
import { storableText } from '@/lib/storable-text';
import { PEER_HEADER } from './rules';
import type { Client } from './schema';

const MAX_AGENT = 200;

/**
 * The address of the peer, which the server wrote itself (see app/stamp-requests.ts); behind proxies of the
 * deployment's own the one that the outermost of them saw.
 * @param proxies how many proxies stand before Weir, each of which appends to X-Forwarded-For
 */
export function readClient(headers: Headers, proxies = proxiesBefore()): Client {
  const peer = headers.get(PEER_HEADER) ?? '';
  const seen = [...(headers.get('x-forwarded-for') ?? '').split(','), peer].map((part) => part.trim());
  const address = proxies === 0 ? peer : (seen.at(-1 - proxies) ?? '');
  return {
    address: isIP(address) ? address.replace(/^::ffff:(?=\d+\.)/, '') : 'unknown',
    agent: storableText(headers.get('user-agent') ?? '').slice(0, MAX_AGENT),
  };
}

/** WEIR_PROXIES; 0 unless set, which believes no header. */
function proxiesBefore(): number {
  const set = Number(process.env.WEIR_PROXIES || 0);
  return Number.isInteger(set) && set > 0 && set <= 10 ? set : 0;
}
