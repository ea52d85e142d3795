import { open } from 'node:fs/promises';

const LINE_FEED = 0x0a;

/**
 * Appends lines and waits until they are on the disk. The file is opened for each call: one that was rotated away is
 * made anew. A line that a crash cut off is ended first, so that it spoils no other.
 * @throws what the file system says
 */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1, LINE_FEED);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const torn = last[0] !== LINE_FEED;
    await file.appendFile(`${torn ? '\n' : ''}${lines.map((line) => `${line}\n`).join('')}`);
    // A pipe or a device has nothing to keep.
    await file.sync().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EINVAL') throw error;
    });
  } finally {
    await file.close();
  }
}
