/** What a reader has done to a network's picture, and how each step is taken back. Pure. */

export interface NetworkView {
  /** The group drawn account by account, or null. */
  expand: string | null;
  /** Kinds that the legend hides. */
  hidden: readonly string[];
  /** Only the chosen node and its neighbours stay lit. */
  focused: boolean;
  /** Nodes picked with shift or the lasso, in the order of picking. */
  picked: readonly string[];
  /** Lit is the way between the first two picked. */
  path: boolean;
}

export interface ViewHistory {
  now: NetworkView;
  /** Newest last. */
  before: readonly NetworkView[];
}

const STEPS_KEPT = 50;

export const FIRST_VIEW: ViewHistory = {
  now: { expand: null, hidden: [], focused: false, picked: [], path: false },
  before: [],
};

export type ViewStep = { undo: true } | { change: Partial<NetworkView> };

/** A changed view is a step that undo takes back; a change that changes nothing is none. */
export function stepView(history: ViewHistory, step: ViewStep): ViewHistory {
  if ('undo' in step) {
    const now = history.before.at(-1);
    return now ? { now, before: history.before.slice(0, -1) } : history;
  }
  const now = { ...history.now, ...step.change };
  // A way needs its two ends.
  if (now.picked.length !== 2) now.path = false;
  if (JSON.stringify(now) === JSON.stringify(history.now)) return history;
  return { now, before: [...history.before, history.now].slice(-STEPS_KEPT) };
}

/** Picks or unpicks one; the first pick takes what was chosen before with it, as lists do. */
export function togglePicked(
  picked: readonly string[],
  id: string,
  chosen: string | null,
): readonly string[] {
  if (picked.includes(id)) return picked.filter((each) => each !== id);
  const start = picked.length === 0 && chosen !== null && chosen !== id ? [chosen] : picked;
  return [...start, id];
}
