/**
 * What goes into detection, how it is set, and what comes out. Plain arrays and typed arrays: it travels to a
 * worker as is. Longer than most files because the three are one contract.
 */
import { z } from 'zod';
import type { MemberRole, Quadrant } from './fixed-sets';

export type { MemberRole, Quadrant };

/** `listed` and `muted` come with the snapshot, the others detection finds. */
export type SuppressionReason = 'popular' | 'listed' | 'muted' | 'one_entity';

/** A value known to be shared by strangers: it links nothing and counts for nothing. */
export type ListedValue = {
  /** Index into the snapshot's values. */
  value: number;
  /** `listed`: on an imported list (VPN exits, hosting, campus, SDKs); `muted`: in the pattern of a dismissal. */
  reason: 'listed' | 'muted';
  /** Name of the list or of the muted pattern, as people read it. */
  source: string;
};

/** How often each account was seen with some names: rows i of account a are offsets[a]..offsets[a+1]. */
export type Tally = { names: string[]; offsets: Int32Array; name: Int32Array; count: Float64Array };

/** Traffic around the release of a model, account by account. */
export type Release = {
  model: string;
  /** Epoch milliseconds. */
  at: number;
  /** Exchanges in the seven days before, in the 48 hours after, and of the latter those with this model. */
  before: Float64Array;
  after: Float64Array;
  moved: Float64Array;
};

/**
 * What is known of accounts beside the values they share; what a provider does not send is absent, and the signals
 * that need it stay silent. Each array has one entry an account.
 */
export type Behaviour = {
  /** The organization that the account names, verified or not, and its e-mail domain: numbers, -1 for none. */
  organization: Int32Array;
  emailDomain: Int32Array;
  /** 1 for accounts that pay. */
  paying: Uint8Array;
  /** When it was banned, epoch milliseconds; NaN when it was not. */
  bannedAt: Float64Array;
  accessPaths?: Tally;
  labels?: Tally;
  releases: Release[];
  /** Sampled tasks that it sent, and how many of those another account sent too. */
  tasks?: { sent: Float64Array; repeated: Float64Array };
  /** Sampled sessions, and the exchanges in them. */
  sessions?: { sessions: Float64Array; exchanges: Float64Array };
};

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
  /** Listed and muted values that still hold (expired entries are left out); the first entry of a value counts. */
  listedValues?: ListedValue[];
  /** MinHash sketches of wordings (64 bytes each, as min-hash.ts makes them), so that nearly equal ones can be joined. */
  wordings?: { value: Int32Array; sketches: Uint8Array };
  /** 1 for accounts in a cluster that is open, in review or confirmed: they never count as benign traffic. */
  suspected?: Uint8Array;
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
  behaviour?: Behaviour;
};

const within = (title: string, description: string, from: number, to: number) =>
  z
    .number(`${title} is a number.`)
    .min(from, `${title} is at least ${from}.`)
    .max(to, `${title} is at most ${to}.`)
    .meta({ title, description });
const whole = (title: string, description: string, from: number, to: number) =>
  within(title, description, from, to).int(`${title} is a whole number.`).meta({ title, description });

/** Every weight and threshold; titles and descriptions are what people read beside the field. */
export const detectionConfigSchema = z
  .object({
    seed: whole('Seed', 'The same seed and records give the same findings.', 0, 2 ** 32 - 1),
    lambda: z
      .record(
        z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'A kind is lower-case letters, digits and underscores.'),
        within('Weight', 'How much one shared value of the kind says; from .5 on the kind links.', 0, 1),
      )
      .meta({ title: 'Weights of kinds (λ)', description: 'Over the built-in weights, kind by kind.' }),
    resolution: within('Resolution (γ)', "Leiden's; higher gives smaller communities.", 0.1, 10),
    leidenIterations: whole('Rounds', 'How often Leiden starts again from its own result, at most.', 1, 50),
    minSize: whole('Smallest cluster', 'Accounts that make a cluster; an organization is one.', 3, 1_000),
    minProposed: whole('Firm members', 'Core and member accounts that a cluster must have.', 2, 1_000),
    mergeGain: within(
      'Gain of a merge',
      'Retention that two communities must gain to be made one.',
      0.01,
      0.5,
    ),
    ownWeight: within(
      'Weight of own values',
      'How much a value that nobody else has counts against being held by shared ones.',
      0.1,
      1,
    ),
    acceptRetention: within(
      'Accept from',
      'Lower bound of retention from which a cluster is accepted.',
      0.2,
      0.95,
    ),
    acceptZ: within('Caution when accepting (z)', 'Of that bound: small clusters must be clearer.', 0, 5),
    weakRetention: within('Weak under', 'Members under this strength are shown, never proposed.', 0.05, 0.9),
    coreRetention: within('Core from', 'Members from this strength on are core.', 0.1, 1),
    retentionCap: within(
      'Dilution cap',
      'Σλ of the kinds that an account has counts up to this: own phones do not dilute a shared card.',
      0.5,
      5,
    ),
    wilsonZ: within('Caution (z)', 'Of the Wilson bound that orders the queue.', 0, 5),
    alpha: within(
      'Error (α)',
      'Family-wise error of "more than chance", shared out over kinds and candidates.',
      1e-6,
      0.2,
    ),
    kindCoverage: within('Coverage', 'Share of the members from which a kind is evidence.', 0.05, 0.9),
    popularFrom: within('Popular from', 'Share of all accounts from which a value loses weight.', 0.001, 0.5),
    popularTo: within('Popular at', 'Share of all accounts at which a value has no weight left.', 0.002, 1),
    popularMinHolders: whole('Popular at least', 'Values with fewer holders are never popular.', 2, 100_000),
    popularKeep: within(
      'Popular but held',
      'Popular values keep their weight when identity holds their holders together this much.',
      0,
      1,
    ),
    benignAccounts: whole(
      'Benign accounts needed',
      "From so many of this deployment's own on, thresholds are drawn from them.",
      20,
      1_000_000,
    ),
    extractingFrom: within(
      'An account extracts from',
      'Share of extraction, where benign traffic does not tell.',
      0.01,
      0.9,
    ),
    coordinationHigh: within('Coordination high from', 'Where benign traffic does not tell.', 0.1, 0.95),
    extractionHigh: within('Extraction high from', 'Where benign traffic does not tell.', 0.1, 0.95),
    valuesShown: whole('Values shown', 'Strongest values that an evidence row lists.', 1, 200),
  })
  .strict()
  .superRefine((config, context) => {
    const inOrder = (low: keyof typeof config, high: keyof typeof config): void => {
      if ((config[low] as number) < (config[high] as number)) return;
      const message = `This must lie under "${high}", which is ${config[high]}.`;
      context.addIssue({ code: 'custom', path: [low], message });
    };
    inOrder('weakRetention', 'coreRetention');
    inOrder('popularFrom', 'popularTo');
    if (config.minProposed > config.minSize) {
      const message = `A cluster of ${config.minSize} cannot have ${config.minProposed} firm members.`;
      context.addIssue({ code: 'custom', path: ['minProposed'], message });
    }
  });
export type DetectionConfig = z.infer<typeof detectionConfigSchema>;

export const defaultConfig: DetectionConfig = {
  seed: 1,
  lambda: {},
  resolution: 1,
  leidenIterations: 4,
  minSize: 5,
  minProposed: 3,
  mergeGain: 0.1,
  ownWeight: 0.45,
  acceptRetention: 0.39,
  acceptZ: 1,
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
  benignAccounts: 200,
  extractingFrom: 0.04,
  coordinationHigh: 0.35,
  extractionHigh: 0.4,
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
  /** For each of `kinds` the retention recomputed without the kind's links: under the weak limit it would leave. */
  strengthWithout: number[];
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
  /** The cluster's retention R likewise; its own where the kind links nobody. */
  retentionWithout: number;
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
  /** Set when the members say openly that they belong together: one customer, never a distillation ring. */
  declared?: 'organization' | 'domain';
};

export type SuppressedRow = {
  kind: string;
  reason: SuppressionReason;
  /** The list or muted pattern, for `listed` and `muted`. */
  source?: string;
  /** How many values. */
  values: number;
  /**
   * The most widely held of them, to be looked at; `population` counts entities that hold it, of `one_entity` and of quarters
   * of an hour (whose id is epoch ms / 900,000) accounts. `holder` is an account of that one entity.
   */
  strongest: { valueId: string; population: number; holder?: number }[];
};

/** What benign traffic looked like and the thresholds that were used. */
export type Baseline = {
  /** Entities outside every candidate and suspected cluster, with exchanges. */
  accounts: number;
  /** Their mean share of extraction, and the share above which a member counts as extracting. */
  extractionShare: number;
  extractionThreshold: number;
  /** From these on an axis is high. */
  coordinationHigh: number;
  extractionHigh: number;
  /** Whether a threshold came from this deployment's own benign traffic, or there was too little of it. */
  extractionFrom: 'deployment' | 'shipped';
  coordinationFrom: 'deployment' | 'shipped';
  /** Where groups of benign accounts lie on the axes: entities by cell, both axes cut into CLOUD_CELLS; empty cells left out. */
  cloud: { coordination: number; extraction: number; accounts: number }[];
};

/** Cells of the benign cloud along each axis, from 0 to 1. */
export const CLOUD_CELLS = 20;

export type Findings = {
  /** Best first: the order of the queue. */
  clusters: FoundCluster[];
  /** Values that link nothing or less, counted by kind, reason and source. */
  suppressed: SuppressedRow[];
  population: { accounts: number; entities: number };
  /** Groups that declare that they belong together and ask for nothing unusual, or work through a benchmark; members as snapshot indexes. */
  declared: { accounts: number[]; by: 'organization' | 'domain'; extraction: number }[];
  baseline: Baseline;
};
