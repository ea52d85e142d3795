/** Clusters as screens, exports and verbs see them. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import type { MemberRole, Quadrant } from '@/lib/detection/fixed-sets';
import { storableId } from '@/lib/storable-id';
import {
  type AccountStatus,
  type ClusterStatus,
  CONFIRM_REASONS,
  type ConfirmReason,
  DISMISS_REASONS,
  type DismissReason,
} from './fixed-sets';
import type { ClusterMute } from './mute-schema';

export type { ClusterStatus, ConfirmReason, DismissReason, MemberRole, Quadrant };

/** A cluster's id, as a form or an address names it. */
export const clusterIdSchema = storableId('There is no such cluster. Look for it in the queue.');

export interface PersonRef {
  id: number;
  name: string;
}

export interface EvidenceSummary {
  kind: string;
  members: number;
  population: number;
  expected: number;
  points: number;
}

export interface EvidenceValue {
  /** Decimal string of the 64-bit id; empty where the value is not an indicator (content, time). */
  indicatorId: string;
  value: string;
  members: number;
  population: number;
  expected: number;
}

export interface EvidenceRow extends EvidenceSummary {
  scoreWithout: number;
  valueCount: number;
  values: EvidenceValue[];
  detail: string | null;
}

/** One line of the queue. */
export interface ClusterRow {
  id: number;
  name: string;
  status: ClusterStatus;
  reopenedCause: string | null;
  /** What follows the state: "P-3 waits", "12 banned", or null. */
  statusNote: string | null;
  active: boolean;
  score: number;
  quadrant: Quadrant;
  coordination: number;
  extraction: number;
  /** Core and ordinary members; weak ones apart. */
  accounts: number;
  weakAccounts: number;
  joined: number;
  exchanges: number;
  dailyRate: number;
  /** The two strongest kinds. */
  evidence: EvidenceSummary[];
  /** How many kinds beyond those two. */
  moreEvidence: number;
  spark: number[];
  /** Index into spark of the newest model release inside it, or null. */
  releaseAt: number | null;
  assignee: PersonRef | null;
  firstSeenAt: string | null;
  createdAt: string;
  /** Raised on each change; a screen compares it to see what moved. */
  updatedAt: string;
}

export interface QueuePage {
  rows: ClusterRow[];
  /** Matching the filter; rows may be fewer when very many match. */
  total: number;
  /** For the tabs. */
  counts: {
    open: number;
    mine: number;
    unclaimedDistillation: number;
    resellers: number;
    regrowth: number;
    confirmed: number;
    dismissed: number;
    /** Open, and kept out by a muted pattern. */
    muted: number;
  };
  /** Kinds of evidence present, for the filter's menu. */
  kinds: string[];
  people: PersonRef[];
  /** Campaigns with a cluster, for the filter's menu. */
  campaigns: { id: number; name: string }[];
}

export interface CommentRow {
  id: number;
  author: PersonRef;
  body: string;
  /** Whom it names, each by "@name" in the text. */
  mentions: PersonRef[];
  at: string;
}

export interface DecisionRow {
  id: number;
  verdict: 'confirm' | 'dismiss' | 'reopen';
  reasonCode: string;
  reason: string;
  author: PersonRef;
  at: string;
  undoneAt: string | null;
  /** Until when its author may take it back; null when nobody may. */
  undoableUntil: string | null;
}

/** What became of a cluster. The last three are what was written of another one: it is where this one's accounts went. */
export type LineageEvent =
  | 'born'
  | 'grew'
  | 'shrank'
  | 'split'
  | 'merged'
  | 'dormant'
  | 're_emerged'
  | 'regrew'
  | 'merged_into'
  | 'split_off'
  | 'regrew_as';

export interface LineageRow {
  event: LineageEvent;
  otherClusterId: number | null;
  /** Core and ordinary members, of the other cluster in the last three. */
  before: number;
  after: number;
  at: string;
}

/** All that a cluster's page shows at once; accounts, timeline and network are read beside it. */
export interface ClusterDetail extends ClusterRow {
  retention: number;
  retentionLow: number;
  retentionAlone: boolean;
  outputTokens: number;
  payingAccounts: number;
  enterpriseAccounts: number;
  verifiedAccounts: number;
  bannedAccounts: number;
  /** Share of exchanges by access path, largest first. */
  accessPaths: { path: string; share: number }[];
  lastSeenAt: string | null;
  allEvidence: EvidenceRow[];
  /** All accounts that the run looked at. */
  population: number;
  /** Oldest first. */
  lineage: LineageRow[];
  /** What keeps it out of the queue, or keeps others like it out since it was dismissed; null when neither. */
  mute: ClusterMute | null;
  comments: CommentRow[];
  /** Others who have its page open. */
  lookers: PersonRef[];
  decisions: DecisionRow[];
  proposals: {
    id: number;
    action: string;
    status: string;
    accountCount: number;
    proposedBy: PersonRef;
    proposedAt: string;
  }[];
  /** Where it stands in the queue of all that is not dismissed, by score; 0 when it is not in it. */
  position: { index: number; total: number; previous: number | null; next: number | null };
  /** Axes of the other active clusters, for the quadrant chart. */
  others: { id: number; name: string; coordination: number; extraction: number }[];
  thresholds: AxisThresholds;
  /** For each kind that holds somebody, what would be without it. */
  without: WithoutKind[];
}

/** Where the axes were divided in the cluster's run, and what from. */
export interface AxisThresholds {
  coordination: number;
  extraction: number;
  coordinationFrom: 'deployment' | 'shipped';
  extractionFrom: 'deployment' | 'shipped';
  /** Benign accounts of this deployment that the run looked at. */
  benignAccounts: number;
  /** Those of them in groups that share something, by cell of the plot, counted from 0; none before such a run. */
  cloud: { coordination: number; extraction: number; accounts: number }[];
  /** Cells along each axis. */
  cloudCells: number;
}

/** What a cluster would be without one kind's links. */
export interface WithoutKind {
  kind: string;
  /** Core and ordinary members that it holds, and those of them that would not be held any more. */
  held: number;
  leaves: number;
  /** The cluster's retention recomputed without it; null until a run has written it. */
  retention: number | null;
}

export interface MemberRow {
  accountId: string;
  displayName: string | null;
  role: MemberRole;
  strength: number;
  kinds: string[];
  plan: string | null;
  country: string | null;
  program: string | null;
  monthlySpendUsd: number | null;
  paying: boolean;
  verified: boolean;
  enterprise: boolean;
  exchanges: number;
  createdAt: string | null;
  status: AccountStatus;
}

export interface MemberPage {
  rows: MemberRow[];
  total: number;
  /** Plans of the cluster's accounts, on the first page only: for the filter's menu. */
  plans: string[];
}

/** What a selection of accounts has to know of each. */
export type SelectedMember = Pick<MemberRow, 'accountId' | 'monthlySpendUsd' | 'paying'>;

/** The timeline: exchanges and output tokens by hour and class, with what happened beside them. */
export interface ClusterTimeline {
  /** Hours with traffic, ascending; values are per class in the order of PATTERN_CLASSES. */
  hours: { hour: string; exchanges: number[]; outputTokens: number[] }[];
  /** Benign traffic scaled to the same number of accounts, by hour. */
  benign: { hour: string; exchanges: number; outputTokens: number }[];
  releases: { model: string; at: string }[];
  actions: { at: string; label: string; kind: 'ban' | 'decision' | 'other' }[];
}

export const decideSchema = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.literal('confirm'),
    clusterId: clusterIdSchema,
    reasonCode: z.enum(Object.keys(CONFIRM_REASONS) as [ConfirmReason, ...ConfirmReason[]]),
    reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
  }),
  z.object({
    verdict: z.literal('dismiss'),
    clusterId: clusterIdSchema,
    reasonCode: z.enum(Object.keys(DISMISS_REASONS) as [DismissReason, ...DismissReason[]]),
    reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
    /** Days for which its pattern is muted: clusters that rest on it stay out of the queue. */
    muteDays: z
      .number()
      .int()
      .min(1, 'A pattern is muted for at least a day.')
      .max(365, 'A pattern is muted for at most 365 days.')
      .optional(),
  }),
  z.object({
    verdict: z.literal('reopen'),
    clusterId: clusterIdSchema,
    reasonCode: z.literal('person'),
    reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
  }),
]);
export type DecideInput = z.infer<typeof decideSchema>;

export const assignSchema = z.object({
  clusterId: clusterIdSchema,
  userId: storableId('There is no such person.'),
  /** What whoever gets it should know. */
  note: z.string().trim().max(500).default(''),
});

export const commentSchema = z.object({
  clusterId: clusterIdSchema,
  body: z.string().trim().min(1, 'Write something first.').max(4000),
});

/** What stands in the network: a value that accounts share, one account, or many accounts folded into one. */
export type NetworkNode = {
  id: string;
  /** Pixels in a plane of about NETWORK_BOX, fixed: the same graph has the same places. */
  x: number;
  y: number;
  radius: number;
} & (
  | {
      type: 'value';
      kind: string;
      value: string;
      /** Members of this cluster that hold it, counted from the links; population and expected from detection. */
      members: number;
      population: number;
      expected: number;
      /** Where its label stands without touching anything, and what of the value it shows; null where it has none. */
      label: { side: 'right' | 'left' | 'top' | 'bottom'; text: string } | null;
    }
  | { type: 'account'; accountId: string; name: string | null; role: MemberRole; strength: number }
  | {
      type: 'group';
      accounts: number;
      core: number;
      weak: number;
      /** False for what is left over of an expanded group, and for accounts that no drawn value holds. */
      expandable: boolean;
      unlinked: boolean;
    }
);

export interface NetworkEdge {
  id: string;
  /** An account or a group. */
  source: string;
  /** A value. */
  target: string;
  /** How many accounts of the source hold the value. */
  accounts: number;
}

/** A cluster's accounts and what they share, small enough to draw: about 300 nodes and 600 edges at most. */
export interface NetworkGraph {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  /** All members, weak ones too. */
  members: number;
  /** Accounts drawn one by one; the others are folded. */
  shown: number;
  folded: number;
  groups: number;
  /** Values by kind: drawn here, and known in all. */
  kinds: { kind: string; drawn: number; total: number }[];
  /** The group that is drawn account by account, or null. */
  expanded: string | null;
}
