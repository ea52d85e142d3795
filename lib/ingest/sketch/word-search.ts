/**
 * Which sets of words occur in a text: one step a character, however many words there are. After Aho and Corasick
 * (1975), with the failures worked into the table.
 */

/** Words of plain ASCII. */
export class WordSearch {
  /** By character: its column in the table, 0 for those of no word. */
  private readonly columns = new Uint8Array(128);
  /** By state and column: the next state. */
  private readonly next: Uint16Array;
  /** By state: the sets of which a word ends there. */
  private readonly found: Uint8Array;
  private readonly shift: number;

  /** @param sets at most eight of them @throws RangeError when there are more, or a word is not plain ASCII */
  constructor(sets: readonly (readonly string[])[]) {
    if (sets.length > 8) throw new RangeError('there is room for eight sets of words');
    let columns = 1;
    let letters = 0;
    for (const word of sets.flat()) {
      for (let i = 0; i < word.length; i++) {
        const code = word.charCodeAt(i);
        if (code > 127) throw new RangeError(`${word} is not plain ASCII`);
        if (this.columns[code] === 0) this.columns[code] = columns++;
      }
      letters += word.length;
    }
    this.shift = Math.ceil(Math.log2(columns));
    this.next = new Uint16Array((letters + 1) << this.shift);
    this.found = new Uint8Array(letters + 1);
    let states = 1;
    for (const [set, words] of sets.entries()) {
      for (const word of words) {
        let state = 0;
        for (let i = 0; i < word.length; i++) {
          const at = (state << this.shift) + this.columns[word.charCodeAt(i)]!;
          if (this.next[at] === 0) this.next[at] = states++;
          state = this.next[at]!;
        }
        this.found[state]! |= 1 << set;
      }
    }
    this.fail(columns, states);
  }

  /** Bit n: a word of set n occurs. */
  find(text: string): number {
    const { columns, next, found, shift } = this;
    let state = 0;
    let sets = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      state = code < 128 ? next[(state << shift) + columns[code]!]! : 0;
      sets |= found[state]!;
    }
    return sets;
  }

  /** Goes on, where a word breaks off, with the longest end of it that begins another. */
  private fail(columns: number, states: number): void {
    const { next, found, shift } = this;
    const failure = new Uint16Array(states);
    const queue: number[] = [];
    for (let column = 1; column < columns; column++) {
      if (next[column] !== 0) queue.push(next[column]!);
    }
    for (const state of queue) {
      const shorter = failure[state]!;
      found[state]! |= found[shorter]!;
      for (let column = 1; column < columns; column++) {
        const at = (state << shift) + column;
        const otherwise = next[(shorter << shift) + column]!;
        if (next[at] === 0) next[at] = otherwise;
        else {
          failure[next[at]!] = otherwise;
          queue.push(next[at]!);
        }
      }
    }
  }
}
