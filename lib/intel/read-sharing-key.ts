import { AppError } from '@/lib/errors';
import { readSecrets } from '@/lib/settings/secrets';
import { sharingKey } from './sharing-settings-schema';

/** The keys that partners agreed on, newest first; at most two. @throws AppError unavailable when they cannot be opened */
export async function readSharingKeys(): Promise<Buffer[]> {
  return (await readSecrets(sharingKey)).map((text) => Buffer.from(text, 'base64'));
}

/** The newest one, when something leaves hashed. @throws AppError conflict when there is none */
export async function keyFor(hashed: readonly string[]): Promise<Buffer | null> {
  if (hashed.length === 0) return null;
  const [key] = await readSharingKeys();
  if (key) return key;
  throw new AppError('conflict', NO_SHARING_KEY);
}

export const NO_SHARING_KEY =
  'There is no sharing key, so nothing can leave hashed. An administrator sets one in the settings, under Sharing.';
