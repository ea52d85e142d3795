import { hashIdentity, type Id64 } from '@/lib/records/hash-identity';
import { TEXT_KINDS, type TextArrays } from './sketched-chunk';

/** Distinct texts of a chunk, put down once each. */
export class TextColumns {
  private readonly places = TEXT_KINDS.map(() => new Map<string, number>());
  private readonly kinds: number[] = [];
  private readonly ids: number[] = [];
  private readonly ends: number[] = [];
  private bytes = Buffer.alloc(4_096);
  private length = 0;

  /** @returns its place */
  add(kind: (typeof TEXT_KINDS)[number], text: string): number {
    const kindPlace = TEXT_KINDS.indexOf(kind);
    const places = this.places[kindPlace]!;
    const found = places.get(text);
    if (found !== undefined) return found;
    const { high, low } = hashIdentity(kind, text);
    // A UTF-16 unit takes at most three bytes.
    if (this.length + text.length * 3 > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes], (this.length + text.length * 3) * 2);
    }
    this.length += this.bytes.write(text, this.length);
    this.kinds.push(kindPlace);
    this.ids.push(high, low);
    places.set(text, this.ends.length);
    return this.ends.push(this.length) - 1;
  }

  /** Upper and lower half of the id of the text at a place. */
  idAt(place: number): Id64 {
    return { high: this.ids[place * 2]!, low: this.ids[place * 2 + 1]! };
  }

  finish(): TextArrays {
    return {
      kind: Uint8Array.from(this.kinds),
      ids: Int32Array.from(this.ids),
      bytes: new Uint8Array(this.bytes.subarray(0, this.length)),
      ends: Int32Array.from(this.ends),
    };
  }
}
