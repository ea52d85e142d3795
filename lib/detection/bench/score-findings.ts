/** What a ranked list of clusters is worth, held against the truth. */

export interface Truth {
  /** How many accounts there are in all. */
  accounts: number;
  /** Campaign by guilty account; 'ungrouped' for those whose campaign nobody knows. */
  positives: Readonly<Record<string, string>>;
  /** Kind of honest account by account. */
  segments?: Readonly<Record<string, string>>;
  /** Guilty accounts that were reported independently of what links them. */
  crowd?: readonly string[];
  /** Exchanges by account. */
  exchanges?: Readonly<Record<string, number>>;
}

interface CampaignScore {
  campaign: string;
  accounts: number;
  /** Share of its accounts that are flagged anywhere. */
  found: number;
  /** Share of its accounts in the one cluster that holds most of them and is at least half its own. */
  together: number;
}

interface SegmentScore {
  segment: string;
  accounts: number;
  flagged: number;
}

export interface Score {
  clusters: number;
  flagged: number;
  /** Share of the first k clusters that are at least half guilty, and of the accounts in them that are. */
  first: Readonly<Record<number, { clusters: number; accounts: number }>>;
  campaigns: readonly CampaignScore[];
  segments: readonly SegmentScore[];
  /** Share of the guilty accounts' exchanges that flagged ones made; null where exchanges are not known. */
  exchangesCovered: number | null;
  /** Share of the crowd that is flagged; null without a crowd. */
  crowdRecall: number | null;
  /** Share of the accounts that are not guilty and are flagged all the same. */
  othersFlagged: number;
  /** B-cubed without the item itself, over guilty accounts. */
  bcubed: { precision: number; recall: number };
}

/** Ranks at which precision is told. */
const FIRST = [20, 50, 100];

/**
 * Scores clusters, best first, each the accounts that it would propose. An account in two clusters counts for the
 * last of them in B-cubed, as in the acceptance script. @returns shares in [0, 1]; 0 where there is nothing to divide.
 */
export function scoreFindings(clusters: readonly (readonly string[])[], truth: Truth): Score {
  const guilty = (id: string) => Object.hasOwn(truth.positives, id);
  const flagged = new Set(clusters.flat());
  const innocent = [...flagged].filter((id) => !guilty(id));
  const ranked = clusters.map((accounts) => ({
    size: accounts.length,
    guilty: accounts.filter(guilty).length,
  }));
  return {
    clusters: clusters.length,
    flagged: flagged.size,
    first: Object.fromEntries(FIRST.map((k) => [k, precisionOf(ranked.slice(0, k))])),
    campaigns: scoreCampaigns(clusters, flagged, truth),
    segments: scoreSegments(innocent, truth),
    exchangesCovered: coverExchanges(flagged, truth),
    crowdRecall: truth.crowd
      ? share(truth.crowd.filter((id) => flagged.has(id)).length, truth.crowd.length)
      : null,
    othersFlagged: share(innocent.length, truth.accounts - Object.keys(truth.positives).length),
    bcubed: bcubed(clusters, truth.positives),
  };
}

function precisionOf(ranked: readonly { size: number; guilty: number }[]) {
  const size = ranked.reduce((sum, each) => sum + each.size, 0);
  const guilty = ranked.reduce((sum, each) => sum + each.guilty, 0);
  const right = ranked.filter((each) => each.guilty >= each.size / 2 && each.guilty > 0).length;
  return { clusters: share(right, ranked.length), accounts: share(guilty, size) };
}

function scoreCampaigns(
  clusters: readonly (readonly string[])[],
  flagged: ReadonlySet<string>,
  { positives }: Truth,
): CampaignScore[] {
  const sizes = countBy(Object.values(positives));
  const found = countBy([...flagged].flatMap((id) => positives[id] ?? []));
  const best = new Map<string, number>();
  for (const cluster of clusters) {
    for (const [campaign, members] of countBy(cluster.flatMap((id) => positives[id] ?? []))) {
      if (members >= cluster.length / 2) best.set(campaign, Math.max(members, best.get(campaign) ?? 0));
    }
  }
  return [...sizes]
    .filter(([campaign]) => campaign !== 'ungrouped')
    .map(([campaign, accounts]) => ({
      campaign,
      accounts,
      found: (found.get(campaign) ?? 0) / accounts,
      together: (best.get(campaign) ?? 0) / accounts,
    }))
    .sort((a, b) => b.accounts - a.accounts || (a.campaign < b.campaign ? -1 : 1));
}

function scoreSegments(innocent: readonly string[], { segments = {} }: Truth): SegmentScore[] {
  const flagged = countBy(innocent.flatMap((id) => segments[id] ?? []));
  return [...countBy(Object.values(segments))]
    .map(([segment, accounts]) => ({ segment, accounts, flagged: flagged.get(segment) ?? 0 }))
    .sort((a, b) => b.flagged / b.accounts - a.flagged / a.accounts || (a.segment < b.segment ? -1 : 1));
}

function coverExchanges(flagged: ReadonlySet<string>, { positives, exchanges }: Truth): number | null {
  if (!exchanges) return null;
  let all = 0;
  let covered = 0;
  for (const id of Object.keys(positives)) {
    all += exchanges[id] ?? 0;
    if (flagged.has(id)) covered += exchanges[id] ?? 0;
  }
  return share(covered, all);
}

/** Amigó et al. 2009, each item compared with the others only, so that a cluster of one earns nothing. */
function bcubed(clusters: readonly (readonly string[])[], positives: Truth['positives']): Score['bcubed'] {
  const clusterOf = new Map(
    clusters.flatMap((accounts, index) => accounts.map((id) => [id, index] as const)),
  );
  const campaigns = countBy(Object.values(positives));
  const together = new Map<string, number>();
  for (const [id, campaign] of Object.entries(positives)) {
    const cluster = clusterOf.get(id);
    if (cluster === undefined) continue;
    const key = `${cluster} ${campaign}`;
    together.set(key, (together.get(key) ?? 0) + 1);
  }
  const precision: number[] = [];
  const recall: number[] = [];
  for (const [id, campaign] of Object.entries(positives)) {
    const cluster = clusterOf.get(id);
    const others = cluster === undefined ? 0 : together.get(`${cluster} ${campaign}`)! - 1;
    const size = cluster === undefined ? 0 : clusters[cluster]!.length;
    const campaignSize = campaigns.get(campaign)!;
    if (size > 1) precision.push(others / (size - 1));
    if (campaignSize > 1) recall.push(others / (campaignSize - 1));
  }
  return { precision: mean(precision), recall: mean(recall) };
}

function countBy(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function mean(values: readonly number[]): number {
  return share(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}
