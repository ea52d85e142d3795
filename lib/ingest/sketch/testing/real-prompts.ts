import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface RealPrompt {
  class: string;
  source: string;
  prompt: string;
}

/** Real prompts lie beside the checkout, never in it: the product ships none of them. */
const FOLDER = new URL('../../../../../shared/data/prompts-dev/', import.meta.url);

export const hasRealPrompts = existsSync(new URL('harvest.ndjson.gz', FOLDER));

/** Added to the titles of tests that need them, so that a skipped one says why. */
export const whyNot = hasRealPrompts ? '' : ' (skipped: ../shared/data/prompts-dev is not there)';

export function readRealPrompts(name: 'harvest' | 'human'): RealPrompt[] {
  const text = gunzipSync(readFileSync(new URL(`${name}.ndjson.gz`, FOLDER))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
