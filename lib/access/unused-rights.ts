/** Which rights somebody has and does not use: whoever never needs one should not have it. Pure. */
import { may, RIGHTS, type Right } from './rules';
import type { Person } from './schema';

/** Verbs that prove a right's use. A right without an entry is proved by any verb of its noun; rights to read leave
 * no entries and are not judged. */
const PROOF: Partial<Record<Right, readonly string[]>> = {
  'desk.read': [],
  'desk.read_sensitive': [],
  'audit.read': [],
  'audit.export': ['data.export', 'audit.export', 'audit.verify'],
  'cluster.claim': ['cluster.claim', 'cluster.release'],
  'cluster.decide': ['cluster.confirm', 'cluster.dismiss', 'cluster.reopen'],
  'cluster.comment': ['cluster.comment'],
  'cluster.assign': ['cluster.assign'],
  'proposal.create': ['proposal.create', 'proposal.withdraw'],
  'proposal.approve': ['proposal.approve', 'proposal.reject'],
  'share.propose': ['share.propose', 'share.withdraw'],
  'share.approve': ['share.approve', 'share.reject', 'share.end'],
  'enforcement.steer': ['enforcement.pause', 'enforcement.resume', 'enforcement.stop'],
  'settings.manage': ['setting.change'],
};

/** True when the verb uses the right. */
export function proves(right: Right, verb: string): boolean {
  const verbs = PROOF[right];
  return verbs ? verbs.includes(verb) : verb.startsWith(right.slice(0, right.indexOf('.') + 1));
}

/** False for rights whose use leaves no trace. */
export function isJudged(right: Right): boolean {
  return PROOF[right]?.length !== 0;
}

/** Rights of the person's role that none of these verbs proves. */
export function unusedRights(role: Person['role'], verbs: readonly string[]): Right[] {
  const person: Person = { kind: 'user', id: 0, name: '', email: '', role };
  return (Object.keys(RIGHTS) as Right[]).filter(
    (right) => may(person, right) && isJudged(right) && !verbs.some((verb) => proves(right, verb)),
  );
}

/** The right that a role is given for; not using it is a question. */
const PURPOSE: Partial<Record<Person['role'], { right: Right; words: string }>> = {
  analyst: { right: 'cluster.decide', words: 'nothing decided' },
  approver: { right: 'proposal.approve', words: 'nothing approved or rejected' },
};

export interface Judged {
  role: Person['role'];
  state: 'active' | 'locked' | 'disabled';
  createdAt: string;
  lastSignInAt: string | null;
  refused: number;
  done: number;
  unused: readonly Right[];
}

const DAY = 86_400_000;

/** What a reviewer should ask about. Somebody younger than the period has not had it to use their rights in. */
export function findingsOf(person: Judged, days: number, now: number): string[] {
  if (person.state === 'disabled') return [];
  const age = now - Date.parse(person.createdAt);
  const found: string[] = [];
  if (person.state === 'locked') found.push('locked after failed sign-ins');
  if (person.lastSignInAt === null) {
    if (age > 7 * DAY) found.push('never signed in');
  } else if (now - Date.parse(person.lastSignInAt) > days * DAY) {
    found.push(`no sign-in in ${days} days`);
  }
  const purpose = PURPOSE[person.role];
  if (age > days * DAY && purpose && person.unused.includes(purpose.right))
    found.push(`${person.role}, ${purpose.words} in ${days} days`);
  if (person.refused >= 5 && person.refused > person.done / 4)
    found.push(`${person.refused} attempts refused`);
  return found;
}

/** What a reviewer should ask about a key. */
export function findingOfKey(
  key: { createdAt: string; lastUsedAt: string | null; revokedAt: string | null; expiresAt?: string | null },
  days: number,
  now: number,
): string | null {
  if (key.revokedAt !== null || (key.expiresAt && Date.parse(key.expiresAt) <= now)) return null;
  if (key.lastUsedAt === null) return now - Date.parse(key.createdAt) > 7 * DAY ? 'never used' : null;
  return now - Date.parse(key.lastUsedAt) > days * DAY ? `not used in ${days} days` : null;
}
