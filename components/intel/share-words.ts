import type { HashableKind, LeftOutReason, ShareStatus, Tlp } from '@/lib/intel/share-schema';

export const tlpLabel = (tlp: Tlp): string => `TLP:${tlp.toUpperCase()}`;

/** Who may read it, in the words of FIRST's TLP 2.0. */
export const TLP_NOTES: Record<Tlp, string> = {
  clear: 'everybody',
  green: 'partners and their community',
  amber: 'partners and their clients, who need to know',
  'amber+strict': 'the partner’s own organization alone',
  red: 'the named recipients alone',
};

export const STATUS_LABELS: Record<ShareStatus, string> = {
  waiting: 'Waits for approval',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  ended: 'Ended',
};

export const HASHED_LABELS: Record<HashableKind, string> = {
  payment: 'Payment instruments',
  phone: 'Phones',
  device: 'Devices',
  template: 'Prompt templates',
  system_prompt: 'System prompts',
};

export const LEFT_OUT_WORDS: Record<LeftOutReason, string> = {
  one_account: 'shown by one account alone',
  held_by_others: 'most of those who show it are outside the operation',
  not_chosen: 'leaves only as a keyed hash, and only if chosen',
  never_leaves: 'this kind never leaves',
  names_somebody: 'names an account or a mail address',
  not_seen: 'no account shows it any more',
  private_address: 'an address that every network has inside',
  too_wide: 'a network so wide that it names strangers',
  common_agent: 'a client that strangers use too',
  listed: 'on a list of infrastructure that strangers share',
  taken_out: 'taken out by hand',
};

/** Types in the order in which people look at them, with what they are called. */
export const TYPE_LABELS: readonly (readonly [string, string])[] = [
  ['campaign', 'Campaign'],
  ['threat-actor', 'Threat actor'],
  ['infrastructure', 'Infrastructure'],
  ['indicator', 'Indicators'],
  ['ipv4-addr', 'IPv4 addresses'],
  ['ipv6-addr', 'IPv6 addresses'],
  ['autonomous-system', 'Autonomous systems'],
  ['llm-account-trait', 'Keyed hashes'],
  ['observed-data', 'Observed data'],
  ['sighting', 'Sightings of partners’ indicators'],
  ['relationship', 'Relationships'],
  ['report', 'Report'],
  ['grouping', 'Grouping'],
  ['identity', 'Identities'],
  ['marking-definition', 'Marking'],
  ['extension-definition', 'Extension'],
];
