/**
 * Fourteen small operations, each with other evidence of another strength and an age of its own: what a triage
 * queue is full of on an ordinary day. Days count from the window's start (day 45 is its end, a new model comes on
 * day 38); a ring of 24 accounts in 4 devices leaves other traces than one of 45 behind one resale proxy.
 */
import type { RingFamily } from '../prompts/ring-prompts';

type Pooled = 'payment' | 'phone' | 'device' | 'referral';

export interface RingRecipe {
  accounts: number;
  /** Exchanges of one account, as a multiple of the group's average. */
  volume: number;
  /** Day of the first sign-up, and over how many days the others follow. */
  signUp: readonly [day: number, spread: number];
  /** Nobody acts before the first day or from the second on. */
  works: readonly [from: number, until: number];
  /** Who pays: nobody on sign-up credit, nobody in an abused programme, or about so large a share. */
  money: 'trial' | 'programme' | number;
  /** How many values of a kind the ring has for all of its accounts. */
  pools: Partial<Record<Pooled, number>>;
  /** Share of accounts that hold a value of each pool; the others have their own, or none. 1 when not given. */
  holding?: number;
  /** Kinds without a pool in which each account has a value of its own; others have none. */
  own?: readonly ('payment' | 'phone' | 'device')[];
  /** The form of the addresses that accounts were signed up with; common forms when not given. */
  mail?: string;
  /** homes: each account its own; proxies: always another; hosting: one network; office: one address; part: that one in six of ten exchanges. */
  network: 'homes' | 'proxies' | 'hosting' | 'office' | 'part';
  /** Everything passes one program of the ring's own. */
  ownClient?: boolean;
  paths?: readonly string[];
  /** The harvest: its family, how many templates, and its share of the traffic; the rest is customers'. */
  work?: { family: RingFamily; templates: number; share: number; systemPrompt?: boolean };
  rhythm: 'spread' | 'people' | 'bins';
  /** Share of the work that is done after the new model's release, half of it on that model. */
  surge?: number;
  /** The provider noticed by itself: so many are banned when the ring ends. */
  banned?: number;
}

export const RING_RECIPES: readonly RingRecipe[] = [
  // 01: a distiller of safe rewrites that began three days ago: one card, one wording.
  {
    accounts: 12,
    volume: 0.8,
    signUp: [41.8, 0.4],
    works: [42.3, 45],
    money: 'trial',
    pools: { payment: 1 },
    own: ['device'],
    network: 'proxies',
    work: { family: 'rewrite', templates: 2, share: 0.95 },
    rhythm: 'spread',
  },
  // 02: a farm of sign-up credit: three hours of sign-ups on four devices, little use, sold or kept for later.
  {
    accounts: 24,
    volume: 0.4,
    signUp: [30, 0.12],
    works: [30.2, 45],
    money: 'trial',
    pools: { device: 4 },
    mail: 'wordword.NNNN',
    network: 'hosting',
    rhythm: 'people',
  },
  // 03: a ring on phones alone, ordinary content: rented numbers, perhaps a family business, perhaps resale.
  {
    accounts: 18,
    volume: 0.8,
    signUp: [3, 20],
    works: [3, 45],
    money: 0.3,
    pools: { phone: 3 },
    own: ['device'],
    mail: 'nick.YYYY',
    network: 'homes',
    rhythm: 'people',
  },
  // 04: resale of credentials: cards and one proxy, as many kinds of use as customers, three ways in.
  {
    accounts: 45,
    volume: 1.2,
    signUp: [-25, 40],
    works: [0, 45],
    money: 0.7,
    pools: { payment: 3 },
    own: ['device'],
    network: 'proxies',
    ownClient: true,
    paths: ['first_party_api', 'reseller', 'aws_bedrock'],
    rhythm: 'people',
  },
  // 05: a distiller of grades in its second month: two cards, one family of rubrics, moved to the new model at once.
  {
    accounts: 30,
    volume: 1.3,
    signUp: [4, 8],
    works: [6, 45],
    money: 'trial',
    pools: { payment: 2, phone: 6 },
    holding: 0.85,
    own: ['device'],
    network: 'proxies',
    work: { family: 'rubric', templates: 2, share: 0.9 },
    rhythm: 'spread',
    surge: 0.4,
  },
  // 06: synthetic data out of one hosting network; it ended three weeks ago, when some of it was banned.
  {
    accounts: 28,
    volume: 1.4,
    signUp: [1, 3],
    works: [2, 23],
    money: 'trial',
    pools: { phone: 4, device: 9 },
    holding: 0.9,
    network: 'hosting',
    work: { family: 'synthetic', templates: 2, share: 1, systemPrompt: true },
    rhythm: 'spread',
    banned: 0.35,
  },
  // 07: asleep until the release, then all of it on the new model.
  {
    accounts: 16,
    volume: 1.6,
    signUp: [14, 10],
    works: [16, 45],
    money: 0.5,
    pools: { payment: 2, device: 5 },
    network: 'proxies',
    work: { family: 'reasoning', templates: 2, share: 0.9 },
    rhythm: 'spread',
    surge: 0.85,
  },
  // 08: accounts bought one by one: no identity in common, only a script's words and often its address.
  {
    accounts: 14,
    volume: 1.3,
    signUp: [-200, 190],
    works: [12, 45],
    money: 'trial',
    pools: {},
    own: ['device'],
    network: 'part',
    work: { family: 'reasoning', templates: 1, share: 0.9, systemPrompt: true },
    rhythm: 'spread',
  },
  // 09: nine accounts on two devices of which half the accounts have their own: hardly more than a household.
  {
    accounts: 9,
    volume: 0.4,
    signUp: [20, 15],
    works: [20, 45],
    money: 0.2,
    pools: { device: 2 },
    holding: 0.55,
    own: ['phone'],
    network: 'homes',
    rhythm: 'people',
  },
  // 10: credit that three accounts collect by referring the others; one program, own devices, honest-looking use.
  {
    accounts: 36,
    volume: 0.9,
    signUp: [8, 30],
    works: [8, 45],
    money: 'trial',
    pools: { referral: 3 },
    own: ['device'],
    network: 'homes',
    ownClient: true,
    rhythm: 'people',
  },
  // 11: ten accounts that one scheduler drives from one address; nothing else in common.
  {
    accounts: 10,
    volume: 1.7,
    signUp: [18, 4],
    works: [22, 45],
    money: 'trial',
    pools: {},
    own: ['device'],
    network: 'office',
    work: { family: 'synthetic', templates: 2, share: 0.75 },
    rhythm: 'bins',
  },
  // 12: harvest under cover: six of ten exchanges are customers', a card and devices tie it loosely.
  {
    accounts: 26,
    volume: 1.2,
    signUp: [-10, 30],
    works: [0, 45],
    money: 0.4,
    pools: { payment: 3, device: 8 },
    holding: 0.65,
    own: ['phone'],
    network: 'proxies',
    work: { family: 'rubric', templates: 2, share: 0.4 },
    rhythm: 'people',
  },
  // 13: an education programme abused: forged students on three phones who write agents' trajectories.
  {
    accounts: 22,
    volume: 1.2,
    signUp: [24, 2],
    works: [26, 45],
    money: 'programme',
    pools: { phone: 3 },
    own: ['device'],
    mail: 'first.last.NNN',
    network: 'hosting',
    paths: ['first_party_api', 'gcp_vertex'],
    work: { family: 'tools', templates: 2, share: 0.85 },
    rhythm: 'spread',
    surge: 0.45,
  },
  // 14: six old accounts that pay for everything with one card and grade a little every day.
  {
    accounts: 6,
    volume: 1.8,
    signUp: [-320, 60],
    works: [0, 45],
    money: 1,
    pools: { payment: 1 },
    own: ['phone', 'device'],
    network: 'homes',
    work: { family: 'rubric', templates: 1, share: 0.6 },
    rhythm: 'spread',
  },
];
