import { describe, expect, it } from 'vitest';
import { streamFile } from './stream-file';

describe('streamFile()', () => {
  it('breaks off, and stops making the file, when its reader is signed out meanwhile', async () => {
    let made = 0;
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield `line ${++made}\n`;
      } finally {
        closed = true;
      }
    }
    let signedIn = true;
    const answer = await streamFile(
      endless(),
      { type: 'text/plain', name: 'x.txt' },
      async () => signedIn,
      -1,
    );
    const reader = answer.body!.getReader();
    for (let n = 0; n < 3; n++) expect((await reader.read()).done).toBe(false);
    signedIn = false;
    const rest = async () => {
      while (!(await reader.read()).done);
    };
    await expect(rest()).rejects.toMatchObject({ code: 'not_signed_in' });
    expect(closed).toBe(true);
    expect(made).toBeLessThan(10);
  });
});
