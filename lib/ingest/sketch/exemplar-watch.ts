/**
 * Chooses the few prompts that become exemplars of their template. Only what enough accounts say in the same form is
 * anybody's template rather than somebody's words; and only then, once an account, is a prompt read again to be
 * redacted. A fixed table that forgets: a template that many accounts send is soon in it again, and one that is not
 * asked for often needs no exemplar. Whatever is forgotten or collides makes exemplars fewer, never more.
 */

/** Accounts that a template must have come from, as far as this process has seen. */
export const ACCOUNTS_ENOUGH = 5;
/** Exemplars of a template, each from another account. */
export const EXEMPLARS_EACH = 3;

const ACCOUNTS_KEPT = ACCOUNTS_ENOUGH - 1 + EXEMPLARS_EACH;
const SLOTS = 1 << 15;
/** Templates that have theirs stand apart, where the many that come once cannot push them out. */
const SETTLED_SLOTS = 1 << 14;
/** Long-lived processes begin anew now and then: exemplars have expired meanwhile. */
const FORGET_AFTER_MS = 86_400_000;

export class ExemplarWatch {
  /** Upper and lower half of the id of the template in each slot. */
  private readonly templates = new Int32Array(SLOTS * 2);
  private readonly accounts = new Int32Array(SLOTS * ACCOUNTS_KEPT);
  private readonly counts = new Uint8Array(SLOTS);
  private readonly settled = new Int32Array(SETTLED_SLOTS * 2);
  private began = Date.now();

  /** Takes notice of an exchange. @returns true when its prompt is to be an exemplar */
  wants(templateHigh: number, templateLow: number, accountId: string): boolean {
    const settled = ((templateHigh ^ templateLow) & (SETTLED_SLOTS - 1)) * 2;
    if (this.settled[settled] === templateHigh && this.settled[settled + 1] === templateLow) return false;
    const slot = (templateHigh ^ templateLow) & (SLOTS - 1);
    const isSame = this.templates[slot * 2] === templateHigh && this.templates[slot * 2 + 1] === templateLow;
    if (!isSame) {
      this.templates[slot * 2] = templateHigh;
      this.templates[slot * 2 + 1] = templateLow;
      this.counts[slot] = 0;
    }
    const count = this.counts[slot]!;
    const account = hashText(accountId);
    const first = slot * ACCOUNTS_KEPT;
    for (let place = first; place < first + count; place++) {
      if (this.accounts[place] === account) return false;
    }
    this.accounts[first + count] = account;
    this.counts[slot] = count + 1;
    if (count + 1 === ACCOUNTS_KEPT) {
      this.settled[settled] = templateHigh;
      this.settled[settled + 1] = templateLow;
      this.counts[slot] = 0;
    }
    return count + 1 >= ACCOUNTS_ENOUGH;
  }

  /** Call now and then. */
  refresh(): void {
    if (Date.now() - this.began < FORGET_AFTER_MS) return;
    this.counts.fill(0);
    this.settled.fill(0);
    this.began = Date.now();
  }
}

/** FNV-1a, 32 bits: two accounts with one hash count as one. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
