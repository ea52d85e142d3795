/** Where the log is streamed to, from the deployment's configuration alone: no screen changes it. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { AppError } from '@/lib/errors';

export type StreamDestination =
  | { kind: 'webhook'; id: string; url: URL; secrets: string[] }
  | { kind: 'file'; id: string; path: string };

const SECRET = /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/;

/**
 * Reads WEIR_SIEM_URL with WEIR_SIEM_SECRET (several while one is being replaced, separated by spaces), and
 * WEIR_SIEM_FILE. Both may be set; none is the default.
 * @throws AppError unavailable when one is not what it should be: a typing error must not end the stream in silence
 */
export function readDestinations(env: Record<string, string | undefined>): StreamDestination[] {
  const [url, file] = [env.WEIR_SIEM_URL?.trim(), env.WEIR_SIEM_FILE?.trim()];
  const found: StreamDestination[] = [];
  if (url) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw misconfigured('WEIR_SIEM_URL is no http or https address');
    const secrets = (env.WEIR_SIEM_SECRET ?? '').split(/\s+/).filter(Boolean);
    if (secrets.length === 0 || !secrets.every((secret) => SECRET.test(secret)))
      throw misconfigured('WEIR_SIEM_SECRET is not "whsec_" and at least 16 bytes in base64');
    found.push({ kind: 'webhook', id: `webhook:${shortHash(url)}`, url: new URL(url), secrets });
  }
  if (file) {
    if (!path.isAbsolute(file)) throw misconfigured('WEIR_SIEM_FILE is not an absolute path');
    found.push({ kind: 'file', id: `file:${shortHash(file)}`, path: file });
  }
  return found;
}

/** What people may read of it: an address may hold a token behind its host. */
export function targetOf(destination: StreamDestination): string {
  return destination.kind === 'file' ? destination.path : destination.url.host;
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

const misconfigured = (words: string) =>
  new AppError('unavailable', `${words}. Ask whoever runs this deployment to correct it.`);
