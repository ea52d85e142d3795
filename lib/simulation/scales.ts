/** How large each part of the simulated world is. */

export type Scale = 'small' | 'medium' | 'full' | 'demo';

export const SEGMENTS = [
  'ordinary',
  'popular-agent',
  'automation',
  'university',
  'verified-company',
  'vpn',
  'viral-prompt',
  'evaluation-lab',
  'declared-reseller',
  'course',
  'agency',
  'hackathon',
  'batch-jobs',
  'agent-crowd',
] as const;
export type Segment = (typeof SEGMENTS)[number];

type BigCampaign = 'low-tide' | 'glasshouse' | 'paper-mill' | 'metronome' | 'slow-drip' | 'blank-page';
/** Small operations are numbered: ring-01, ring-02, ... */
export type Campaign = BigCampaign | `ring-${string}`;

/** The builders of the world: `everyone` are ordinary people, users of the popular agent and automations. */
export type Group =
  | BigCampaign
  | 'rings'
  | 'everyone'
  | Exclude<Segment, 'ordinary' | 'popular-agent' | 'automation'>;

/** Accounts of a group, and exchanges that one of them makes in the whole window on average. */
export interface GroupSize {
  accounts: number;
  exchanges: number;
}

const size = (accounts: number, exchanges: number): GroupSize => ({ accounts, exchanges });

/** Middles: a world's own sizes lie around them, and their sum near it. */
export const SCALES: Record<Scale, Record<Group, GroupSize>> = {
  small: {
    'low-tide': size(90, 34),
    glasshouse: size(24, 42),
    'paper-mill': size(14, 48),
    metronome: size(14, 30),
    'slow-drip': size(12, 30),
    'blank-page': size(14, 30),
    rings: size(54, 17),
    everyone: size(70, 26),
    university: size(30, 12),
    'verified-company': size(16, 30),
    vpn: size(18, 18),
    'viral-prompt': size(20, 16),
    'evaluation-lab': size(5, 60),
    'declared-reseller': size(16, 24),
    course: size(12, 14),
    agency: size(8, 14),
    hackathon: size(6, 16),
    'batch-jobs': size(8, 40),
    'agent-crowd': size(8, 14),
  },
  demo: {
    'low-tide': size(1180, 42),
    glasshouse: size(170, 90),
    'paper-mill': size(70, 130),
    metronome: size(80, 90),
    'slow-drip': size(72, 44),
    'blank-page': size(76, 60),
    rings: size(296, 30),
    everyone: size(600, 40),
    university: size(240, 24),
    'verified-company': size(110, 56),
    vpn: size(120, 28),
    'viral-prompt': size(150, 24),
    'evaluation-lab': size(12, 200),
    'declared-reseller': size(120, 40),
    course: size(40, 30),
    agency: size(16, 50),
    hackathon: size(36, 26),
    'batch-jobs': size(50, 90),
    'agent-crowd': size(90, 20),
  },
  medium: {
    'low-tide': size(3000, 60),
    glasshouse: size(500, 120),
    'paper-mill': size(150, 160),
    metronome: size(300, 110),
    'slow-drip': size(200, 60),
    'blank-page': size(240, 90),
    rings: size(592, 40),
    everyone: size(11_038, 45),
    university: size(1000, 25),
    'verified-company': size(400, 70),
    vpn: size(600, 32),
    'viral-prompt': size(800, 26),
    'evaluation-lab': size(20, 400),
    'declared-reseller': size(430, 50),
    course: size(120, 32),
    agency: size(40, 60),
    hackathon: size(60, 32),
    'batch-jobs': size(200, 160),
    'agent-crowd': size(400, 30),
  },
  full: {
    'low-tide': size(20_000, 400),
    glasshouse: size(3000, 500),
    'paper-mill': size(1000, 160),
    metronome: size(1500, 300),
    'slow-drip': size(800, 120),
    'blank-page': size(1200, 200),
    rings: size(2960, 90),
    everyone: size(56_000, 86),
    university: size(3000, 60),
    'verified-company': size(1500, 120),
    vpn: size(2000, 60),
    'viral-prompt': size(2000, 50),
    'evaluation-lab': size(50, 2000),
    'declared-reseller': size(1450, 90),
    course: size(400, 50),
    agency: size(160, 90),
    hackathon: size(180, 50),
    'batch-jobs': size(800, 300),
    'agent-crowd': size(2000, 40),
  },
};

/** Groups whose accounts are guilty. */
export const CAMPAIGN_GROUPS: ReadonlySet<Group> = new Set<Group>([
  'low-tide',
  'glasshouse',
  'paper-mill',
  'metronome',
  'slow-drip',
  'blank-page',
  'rings',
]);
