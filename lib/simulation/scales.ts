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
] as const;
export type Segment = (typeof SEGMENTS)[number];

type BigCampaign = 'low-tide' | 'glasshouse' | 'paper-mill';
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

export const SCALES: Record<Scale, Record<Group, GroupSize>> = {
  small: {
    'low-tide': size(90, 34),
    glasshouse: size(24, 42),
    'paper-mill': size(14, 48),
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
  },
  demo: {
    'low-tide': size(1200, 46),
    glasshouse: size(200, 100),
    'paper-mill': size(60, 150),
    rings: size(296, 30),
    everyone: size(730, 46),
    university: size(250, 24),
    'verified-company': size(120, 60),
    vpn: size(150, 30),
    'viral-prompt': size(200, 26),
    'evaluation-lab': size(12, 250),
    'declared-reseller': size(150, 44),
    course: size(40, 30),
    agency: size(8, 60),
    hackathon: size(18, 30),
  },
  medium: {
    'low-tide': size(3000, 60),
    glasshouse: size(500, 120),
    'paper-mill': size(150, 160),
    rings: size(592, 40),
    everyone: size(12_288, 45),
    university: size(1000, 25),
    'verified-company': size(400, 70),
    vpn: size(600, 32),
    'viral-prompt': size(800, 26),
    'evaluation-lab': size(20, 400),
    'declared-reseller': size(430, 50),
    course: size(120, 32),
    agency: size(40, 60),
    hackathon: size(60, 32),
  },
  full: {
    'low-tide': size(20_000, 400),
    glasshouse: size(3000, 500),
    'paper-mill': size(1000, 160),
    rings: size(2960, 90),
    everyone: size(62_300, 86),
    university: size(3000, 60),
    'verified-company': size(1500, 120),
    vpn: size(2000, 60),
    'viral-prompt': size(2000, 50),
    'evaluation-lab': size(50, 2000),
    'declared-reseller': size(1450, 90),
    course: size(400, 50),
    agency: size(160, 90),
    hackathon: size(180, 50),
  },
};
