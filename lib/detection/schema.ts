/** What goes into detection and what comes out. Plain arrays and typed arrays: it travels to a worker as is. */

export const QUADRANTS = ['distillation', 'reseller_review', 'lone_extraction', 'benign'] as const;
export type Quadrant = (typeof QUADRANTS)[number];

/** `weak`: retention under the configured .3; shown, never proposed by itself. */
export const MEMBER_ROLES = ['core', 'member', 'weak'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export type SuppressionReason = 'popular' | 'listed' | 'one_entity';

/**
 * Everything one run looks at. Accounts, values and kinds are indexes into their arrays; the order of each
 * array carries no meaning (detection sorts by id first).
 */
export type Snapshot = {
  /** The provider's account ids; the position is the account's index. */
  accountIds: string[];
  /** For each account the index of its entity: accounts of one verified organization share it, else its own. */
  entity: Int32Array;
  /** Kind names, as in kinds.ts or any other. */
  kinds: string[];
  /** Opaque and stable id of each value (unique within its kind); findings give it back. */
  valueIds: string[];
  /** For each value the index of its kind. A value of a per-day kind is value + day. */
  valueKind: Uint16Array;
  /** For each value the index of the account whose id it is, or -1 (a transfer to, a referral by, ...). */
  valueAccount?: Int32Array;
  /** Values known to be shared by strangers (listed VPN exits, default SDKs, published system prompts). */
  listedValues?: Int32Array;
  /** Which account was seen with which value, and how often; one row for each pair. */
  links: { account: Int32Array; value: Int32Array; count: Float64Array };
  activity: {
    exchanges: Float64Array;
    outputTokens: Float64Array;
    /** accounts × classes, row by row: exchanges of each pattern class. */
    byClass: Float64Array;
    /** Epoch milliseconds, NaN when unknown. */
    createdAt: Float64Array;
    firstSeen: Float64Array;
    lastSeen: Float64Array;
  };
  /** The pattern classes, in the order of `byClass`; and those that serve training somebody's model. */
  classes: string[];
  extractionClasses: string[];
  /** For each account its active 15-minute bins (epoch ms / 900,000), sorted: bins[offsets[i]..offsets[i+1]). */
  bins?: { offsets: Int32Array; bins: Int32Array };
};

export type DetectionConfig = {
  seed: number;
  /** λ of single kinds, over the registry's. */
  lambda: Record<string, number>;
  /** Leiden's resolution γ and how often it starts again from its own result. */
  resolution: number;
  leidenIterations: number;
  /** Entities that make a cluster. */
  minSize: number;
  /** Core and member accounts that a cluster must have. */
  minProposed: number;
  /** A merge is kept when R, or R by identity kinds alone, exceeds the size-weighted mean of its parts by this. */
  mergeGain: number;
  /** A cluster is accepted from this R (median-based) on. */
  acceptRetention: number;
  /** Members under this r are weak; from `coreRetention` on they are core. */
  weakRetention: number;
  coreRetention: number;
  /** Σ_hard λ in r_i counts up to this: own values of a sixth kind do not dilute a shared card. */
  retentionCap: number;
  /** z of the Wilson bound that orders the queue. */
  wilsonZ: number;
  /** Family-wise error of "more than chance", shared out over kinds and candidates (Bonferroni). */
  alpha: number;
  /** A kind counts as evidence of its own from this share of the members on. */
  kindCoverage: number;
  /** Popularity of network, client and content values, as a share of all entities: full weight up to, none from. */
  popularFrom: number;
  popularTo: number;
  /** Values with fewer holders are never popular. */
  popularMinHolders: number;
  /** Popular values whose holders are this much held together by identity kinds keep their weight. */
  popularKeep: number;
  /** From here on an axis is high. */
  coordinationHigh: number;
  extractionHigh: number;
  /** Strongest values listed in an evidence row. */
  valuesShown: number;
};

export const defaultConfig: DetectionConfig = {
  seed: 1,
  lambda: {},
  resolution: 1,
  leidenIterations: 10,
  minSize: 5,
  minProposed: 3,
  mergeGain: 0.1,
  acceptRetention: 0.45,
  weakRetention: 0.3,
  coreRetention: 0.6,
  retentionCap: 1.8,
  wilsonZ: 2,
  alpha: 0.01,
  kindCoverage: 0.3,
  popularFrom: 0.02,
  popularTo: 0.1,
  popularMinHolders: 50,
  popularKeep: 0.2,
  coordinationHigh: 0.4,
  extractionHigh: 0.5,
  valuesShown: 20,
};

export type FoundMember = {
  /** Index into the snapshot's accounts. */
  account: number;
  role: MemberRole;
  /** Retention r_i in [0, 1]: how often a walk member → value → another holder stays in the cluster. */
  strength: number;
  /** Kinds that hold it here, strongest first. */
  kinds: string[];
  /** Those of `kinds` without which it would still be in, recomputed without the kind's links. */
  staysWithout: string[];
};

export type EvidenceValue = {
  valueId: string;
  /** Holders among the core and member accounts, and overall; an organization counts once. */
  members: number;
  population: number;
  /** members that would hold it by chance: n·df/N. */
  expected: number;
};

export type EvidenceRow = {
  kind: string;
  /** The strongest values that two or more members share; `valueCount` says how many there are in all. */
  values: EvidenceValue[];
  valueCount: number;
  /** Members that share some value of the kind with another member; for `content`: that are above benign. */
  members: number;
  /** Accounts overall that hold any of these values; for `content`: that are above benign. */
  population: number;
  /** Members that would share some value with another member if values were dealt at random, df kept. */
  expected: number;
  /** Decibans (10·log10 of odds). The rows of a cluster add up to its score. */
  points: number;
  /** The score recomputed without this kind's links; never a subtraction. */
  scoreWithout: number;
  /** Figures of the row's own: shares, lift; ready to be put into words. */
  detail?: Record<string, number>;
};

export type FoundCluster = {
  /** Strongest first. */
  members: FoundMember[];
  score: number;
  /** R = (mean r_i − n/N)/(1 − n/N) over core and member accounts, and its Wilson lower bound. */
  retention: number;
  retentionLow: number;
  /** Both in [0, 1]. */
  coordination: number;
  extraction: number;
  /** False when no member has exchanges: extraction is then unknown rather than low. */
  extractionMeasured: boolean;
  quadrant: Quadrant;
  /** Most points first. */
  evidence: EvidenceRow[];
  /** Set when the data hold one linking kind only, so that nothing could corroborate it. */
  acceptedOn?: 'retention_alone';
};

export type Findings = {
  /** Best first: the order of the queue. */
  clusters: FoundCluster[];
  /** Values that link nothing, counted by kind and reason. */
  suppressed: { kind: string; values: number; reason: SuppressionReason }[];
  population: { accounts: number; entities: number };
  /** What benign traffic looked like: the thresholds of the extraction axis came from here. */
  baseline: { accounts: number; extractionShare: number; extractionThreshold: number };
};
