/** When a found cluster is what somebody muted. Pure. */

/** What a mute remembers of the cluster that was dismissed. */
export interface MutedPatternFacts {
  id: number;
  accounts: number;
  kinds: readonly string[];
  values: readonly { kind: string; indicatorId: string }[];
}

/** What a run found, as far as mutes ask. Values of a day count under their indicator. */
export interface FoundPattern {
  /** Core and ordinary members. */
  accounts: number;
  evidence: readonly {
    kind: string;
    points: number;
    values: readonly { indicatorId: string; members: number }[];
  }[];
}

/** Share of a kind's shown values (by members), and of the points of kinds with values, that must be the pattern's. */
const MOSTLY = 0.5;
/** Decibans from which a kind that the pattern had not is news: odds that double. */
const NEW_KIND_POINTS = 3;
const MUCH_LARGER = 2;
const AT_LEAST_MORE = 10;

/** True when at least half of the points that hang on values hang on the pattern's own. */
export function restsOn(found: FoundPattern, pattern: MutedPatternFacts): boolean {
  const muted = new Set(pattern.values.map(({ kind, indicatorId }) => `${kind} ${indicatorId}`));
  let all = 0;
  let covered = 0;
  for (const { kind, points, values } of found.evidence) {
    const members = values.reduce((sum, value) => sum + value.members, 0);
    if (members === 0 || points <= 0) continue;
    const own = values.reduce(
      (sum, value) => sum + (muted.has(`${kind} ${value.indicatorId}`) ? value.members : 0),
      0,
    );
    all += points;
    if (own >= members * MOSTLY) covered += points;
  }
  return all > 0 && covered >= all * MOSTLY;
}

/** What about it is other than when the pattern was muted, in words; null when nothing that matters. */
export function changedSince(found: FoundPattern, pattern: MutedPatternFacts): string | null {
  const fresh = found.evidence.find(
    ({ kind, points }) => points >= NEW_KIND_POINTS && !pattern.kinds.includes(kind),
  );
  if (fresh) return `new kind of evidence: ${fresh.kind.replaceAll('_', ' ')}`;
  const larger =
    found.accounts >= pattern.accounts * MUCH_LARGER && found.accounts - pattern.accounts >= AT_LEAST_MORE;
  return larger ? `grew from ${pattern.accounts} to ${found.accounts} accounts` : null;
}
