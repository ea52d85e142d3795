/** The table of rights as data: which role may do what. Verbs and queries ask here; pages only bring the actor. */
import type { Actor, Role } from './schema';

export const RIGHTS = {
  'desk.read': ['viewer', 'analyst', 'approver', 'admin', 'auditor'],
  /** Prompts, addresses and other people's data; auditors see counts and states only. */
  'desk.read_sensitive': ['viewer', 'analyst', 'approver', 'admin'],
  'audit.read': ['viewer', 'analyst', 'approver', 'admin', 'auditor'],
  'audit.export': ['approver', 'admin', 'auditor'],
  'cluster.claim': ['analyst', 'approver'],
  /** Give anybody's cluster, or nobody's, to somebody; one's own may be handed over by whoever claims. */
  'cluster.assign': ['approver'],
  'cluster.decide': ['analyst', 'approver'],
  'cluster.comment': ['analyst', 'approver'],
  /** Offer one's own view of the queue to everybody. */
  'view.share': ['analyst', 'approver', 'admin'],
  /** Gather clusters into campaigns, and say who is believed to be behind them. */
  'campaign.manage': ['analyst', 'approver'],
  /** Propose what leaves for partners, and take what was approved. */
  'share.propose': ['analyst', 'approver'],
  'share.approve': ['approver'],
  /** Take in what partners sent, and say which of it counts. */
  'intel.import': ['analyst', 'approver'],
  /** Judge a sample of a cluster that somebody else confirmed. */
  'cluster.review': ['analyst', 'approver'],
  'proposal.create': ['analyst', 'approver'],
  'proposal.approve': ['approver'],
  'enforcement.steer': ['approver'],
  'appeal.decide': ['analyst', 'approver'],
  /** Turn the kill switch on, or be one of the two who release it. */
  'enforcement.kill': ['approver', 'admin'],
  'user.manage': ['admin'],
  'key.manage': ['admin'],
  'settings.manage': ['admin'],
  'account.forget': ['admin'],
  /** The never-ban list and legal holds. */
  'hold.manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof RIGHTS;

/** What a key may do that opens clusters: see what people see. */
const READING: ReadonlySet<Right> = new Set(['desk.read', 'desk.read_sensitive']);

/** True when the actor may. The command line and Weir's own parts act with the rights of an administrator of the
 * machine, but never decide, propose or approve: those are for people. */
export function may(actor: Actor, right: Right): boolean {
  if (actor.kind === 'user') return (RIGHTS[right] as readonly Role[]).includes(actor.role);
  if (actor.kind === 'key') return actor.door === 'clusters' && READING.has(right);
  return ![
    'cluster.claim',
    'cluster.assign',
    'cluster.decide',
    'cluster.comment',
    'campaign.manage',
    'share.propose',
    'share.approve',
    'cluster.review',
    'proposal.create',
    'proposal.approve',
    'appeal.decide',
    'enforcement.kill',
  ].includes(right);
}

/** Failed sign-ins in a row that are free: of one e-mail from one address or known browser; of one e-mail from all
 * browsers that are not known (NIST's hundred); of one address. */
export const LOCK_AFTER = 10;
export const ACCOUNT_LOCK_AFTER = 100;
export const ADDRESS_LOCK_AFTER = 200;
/** How long the first lock lasts; each further failure doubles it up to the most. */
export const LOCK_SECONDS = 60;
export const MAX_LOCK_SECONDS = 3_600;

/** Milliseconds before which no refusal at the door is told. */
export const REFUSED_AFTER_MS = 300;

/** How long a session lasts, in seconds; it is not prolonged by use. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** Minutes within which somebody has to have proved who they are for an act that hands out access, opens a secret,
 * erases, or lets enforcement go on. */
export const FRESH_MINUTES = 15;

/** The request header in which proxy.ts tells pages their own address. */
export const PATH_HEADER = 'x-weir-path';

/** The request header in which the server tells who its peer is. */
export const PEER_HEADER = 'x-weir-peer';

/** The header that names a request, in its answer and in the log. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** What the sign-in page says, by the `error` that sign-in answers. None tells whether the user exists. */
export const SIGN_IN_ERRORS = {
  wrong: 'E-mail and password do not match. Check both and try again.',
  locked:
    'Too many failed attempts from here. Wait a few minutes, up to an hour, then try again, or ask an administrator.',
  code: 'Enter the code of your authenticator app, or a recovery code.',
  wrong_code: 'This code is wrong or was used already. Wait for the next one.',
  disabled: 'This user is disabled. Ask an administrator to enable it.',
  oidc: 'The sign-in at your identity provider did not come to its end. Try again; if it stays so, ask whoever runs Weir to look into the log.',
  oidc_email:
    'Your identity provider does not vouch for your e-mail address. Ask whoever manages it to have the address verified.',
  oidc_role:
    'Your identity provider gives you no role in Weir. Ask whoever manages it to put you into a group that has one.',
  oidc_taken:
    'Your e-mail address belongs to a user who signs in another way. Sign in with your password, or ask an administrator.',
  unavailable: 'Sign-in is not possible now: the database does not answer. Try again in a minute.',
} as const;
export type SignInError = keyof typeof SIGN_IN_ERRORS;

/** Words for any `error`, also for those that next-auth makes up itself. */
export function signInMessage(error: string): string {
  if (/^(OAuth\w*|Callback|AccessDenied)$/.test(error)) return SIGN_IN_ERRORS.oidc;
  return Object.hasOwn(SIGN_IN_ERRORS, error) ? SIGN_IN_ERRORS[error as SignInError] : SIGN_IN_ERRORS.wrong;
}

/** Where to go after signing in: only a path of this desk, whatever the address asked for. */
export function safeNext(next: string | null | undefined): string {
  if (!next || !/^\/(?!\/)/.test(next) || /[\\\p{Cc}]/u.test(next) || next.startsWith('/login')) return '/';
  return next;
}
