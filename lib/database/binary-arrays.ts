/**
 * Arrays as query parameters in Postgres' binary format: pg sends a Buffer as it is, where an array of JavaScript
 * would be spelled out and quoted value by value. See array_recv in Postgres' arrayfuncs.c.
 */
import { EPOCH_MS } from './copy-binary';

const OIDS = { int8: 20, int4: 23, text: 25, timestamptz: 1184 } as const;
const HEADER_BYTES = 20;
const ONE_DIMENSION = 1;
const TWO_32 = 4_294_967_296;

/** int4[] */
export function int4s(values: ArrayLike<number>): Buffer {
  const { bytes, view } = begin(OIDS.int4, values.length, 8, false);
  for (let n = 0, at = HEADER_BYTES; n < values.length; n++, at += 8) {
    view.setInt32(at, 4);
    view.setInt32(at + 4, values[n]!);
  }
  return bytes;
}

/** int8[] from the upper and lower 32 bits of each. */
export function int8s(high: ArrayLike<number>, low: ArrayLike<number>): Buffer {
  const { bytes, view } = begin(OIDS.int8, high.length, 12, false);
  for (let n = 0, at = HEADER_BYTES; n < high.length; n++, at += 12) {
    view.setInt32(at, 8);
    view.setInt32(at + 4, high[n]!);
    view.setInt32(at + 8, low[n]!);
  }
  return bytes;
}

/** timestamptz[] from milliseconds since 1970. */
export function timestamps(ms: ArrayLike<number>): Buffer {
  const { bytes, view } = begin(OIDS.timestamptz, ms.length, 12, false);
  for (let n = 0, at = HEADER_BYTES; n < ms.length; n++, at += 12) {
    const value = (ms[n]! - EPOCH_MS) * 1000;
    const high = Math.floor(value / TWO_32);
    view.setInt32(at, 8);
    view.setInt32(at + 4, high);
    view.setInt32(at + 8, value - high * TWO_32);
  }
  return bytes;
}

/** text[]; null where there is none. */
export function texts(values: readonly (string | null)[]): Buffer {
  const sizes = Int32Array.from(values, (value) => (value === null ? 0 : Buffer.byteLength(value)));
  const size = sizes.reduce((sum, one) => sum + one, 0);
  const { bytes, view } = begin(OIDS.text, values.length, 4, true, size);
  for (let n = 0, at = HEADER_BYTES; n < values.length; n++) {
    const value = values[n]!;
    view.setInt32(at, value === null ? -1 : sizes[n]!);
    at += 4;
    if (value !== null) at += bytes.write(value, at);
  }
  return bytes;
}

function begin(oid: number, count: number, eachBytes: number, mayHoldNulls: boolean, moreBytes = 0) {
  const bytes = Buffer.allocUnsafeSlow(HEADER_BYTES + count * eachBytes + moreBytes);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, ONE_DIMENSION);
  view.setInt32(4, Number(mayHoldNulls));
  view.setInt32(8, oid);
  view.setInt32(12, count);
  view.setInt32(16, 1);
  return { bytes, view };
}
