/** Files in one: POSIX ustar, as every tar reads it. */

export interface TarFile {
  /** Up to 100 bytes of ASCII, with "/" between folders. */
  name: string;
  content: string | Uint8Array;
}

const BLOCK = 512;

/** @param at the time every file bears. @throws RangeError for a name that the format cannot hold */
export function makeTar(files: readonly TarFile[], at: Date): Buffer {
  const pieces: Buffer[] = [];
  for (const { name, content } of files) {
    const bytes = Buffer.from(content as string);
    pieces.push(
      header(name, bytes.length, at),
      bytes,
      Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK),
    );
  }
  // Two empty blocks say that nothing follows.
  return Buffer.concat([...pieces, Buffer.alloc(2 * BLOCK)]);
}

function header(name: string, size: number, at: Date): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) throw new RangeError(`no name for a file in a tar: ${name}`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 'ascii');
  block.write(octal(0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(Math.floor(at.getTime() / 1000), 11), 136);
  // The sum counts its own field as spaces.
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return block;
}

const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
