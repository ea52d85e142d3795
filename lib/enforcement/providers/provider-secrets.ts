/** The secrets that providers need, read anew often enough that a rotation reaches an execution that runs. */

import type { SecretName } from '@/lib/settings/schema';
import { readSecrets } from '@/lib/settings/secrets';

export const webhookSecret: SecretName = {
  name: 'enforcement.webhook_secret',
  title: 'Webhook signing secret',
};
export const litellmKey: SecretName = { name: 'enforcement.litellm_key', title: 'LiteLLM administrator key' };

const FRESH_MS = 2_000;

/** A reader that asks the database at most once in two seconds. */
export function freshSecrets(secret: SecretName): () => Promise<string[]> {
  let read: Promise<string[]> | undefined;
  let until = 0;
  return () => {
    if (!read || performance.now() > until) {
      until = performance.now() + FRESH_MS;
      read = readSecrets(secret);
      read.catch(() => {
        read = undefined;
      });
    }
    return read;
  };
}
