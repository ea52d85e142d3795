import { database } from '@/lib/database/client';
import type { User } from '@/lib/database/generated/client';
import { KEY_PEOPLE, toApiKeyRow } from './list-api-keys';
import { DOING, requireRight } from './require-right';
import type {
  AccessReview,
  ReviewedMachine,
  ReviewedPerson,
  ReviewedRight,
  ReviewFilter,
  VerbCount,
} from './review-schema';
import { may, RIGHTS, type Right } from './rules';
import type { Actor } from './schema';
import { accountKey } from './sign-in-counters';
import { findingOfKey, findingsOf, isJudged, proves, unusedRights } from './unused-rights';

const DAY = 86_400_000;

/** Who may do what, and who did within the last days, as the audit has it. @throws AppError forbidden */
export async function reviewAccess(actor: Actor, { days }: ReviewFilter): Promise<AccessReview> {
  requireRight(actor, 'audit.export');
  const to = new Date();
  const from = new Date(to.getTime() - days * DAY);
  const [users, keys, counts, locked] = await Promise.all([
    database().user.findMany({
      orderBy: [{ disabledAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }, { id: 'asc' }],
    }),
    database().apiKey.findMany({ orderBy: { id: 'desc' }, include: KEY_PEOPLE }),
    countVerbs(from, to),
    database().signInCounter.findMany({ where: { lockedUntil: { gt: to } }, select: { key: true } }),
  ]);
  const lockedKeys = new Set(locked.map(({ key }) => key));
  const emails = may(actor, 'desk.read_sensitive');
  const people = users.map((user) => {
    const person = toPerson(
      user,
      counts.get(`user:${user.id}`)?.verbs ?? [],
      lockedKeys.has(accountKey(user.email)),
      days,
      to,
    );
    return emails ? person : { ...person, email: null };
  });
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    days,
    rights: (Object.keys(RIGHTS) as Right[]).map((right) => toRight(right, people)),
    people,
    keys: keys.map((key) => {
      const row = toApiKeyRow(key);
      return { ...row, finding: findingOfKey(row, days, to.getTime()) };
    }),
    machines: [...counts.entries()].flatMap(([ref, { name, verbs }]) =>
      ref.startsWith('user:') ? [] : [toMachine(ref, name, verbs)],
    ),
    refusals: [...counts.entries()]
      .flatMap(([ref, { name, verbs }]) =>
        verbs.flatMap(({ verb, refused, lastAt }) =>
          refused > 0 ? [{ actor: ref, name, verb, refused, lastAt }] : [],
        ),
      )
      .sort((a, b) => b.refused - a.refused || a.actor.localeCompare(b.actor)),
  };
}

type Counts = Map<string, { name: string; verbs: VerbCount[] }>;

/** Every actor's verbs within the period, most used first; the name is the latest they acted under. */
async function countVerbs(from: Date, to: Date): Promise<Counts> {
  const rows = await database().$queryRaw<
    { actor: string; name: string; verb: string; done: number; refused: number; lastAt: Date }[]
  >`
    SELECT actor, (array_agg(actor_name ORDER BY id DESC))[1] AS name, verb,
      (count(*) FILTER (WHERE outcome = 'done'))::int AS done,
      (count(*) FILTER (WHERE outcome = 'refused'))::int AS refused, max(at) AS "lastAt"
    FROM audit_entry WHERE at >= ${from} AND at < ${to}
    GROUP BY actor, verb ORDER BY actor, count(*) DESC, verb`;
  const counts: Counts = new Map();
  for (const { actor, name, lastAt, ...count } of rows) {
    const all = counts.get(actor) ?? { name, verbs: [] };
    all.verbs.push({ ...count, lastAt: lastAt.toISOString() });
    counts.set(actor, all);
  }
  return counts;
}

function toPerson(user: User, verbs: VerbCount[], locked: boolean, days: number, now: Date): ReviewedPerson {
  const judged = {
    role: user.role,
    state: user.disabledAt ? ('disabled' as const) : locked ? ('locked' as const) : ('active' as const),
    createdAt: user.createdAt.toISOString(),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    ...sum(verbs),
    unused: unusedRights(
      user.role,
      verbs.flatMap(({ verb, done }) => (done > 0 ? [verb] : [])),
    ),
  };
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    hasCode: user.codeConfirmedAt !== null,
    verbs,
    ...judged,
    findings: findingsOf(judged, days, now.getTime()),
  };
}

function toMachine(actor: string, name: string, verbs: VerbCount[]): ReviewedMachine {
  return { actor, name, verbs, ...sum(verbs) };
}

function sum(verbs: readonly VerbCount[]): { done: number; refused: number } {
  return {
    done: verbs.reduce((total, verb) => total + verb.done, 0),
    refused: verbs.reduce((total, verb) => total + verb.refused, 0),
  };
}

function toRight(right: Right, people: readonly ReviewedPerson[]): ReviewedRight {
  const roles = [...RIGHTS[right]];
  const have = people.filter(({ role, state }) => state !== 'disabled' && (roles as string[]).includes(role));
  return {
    right,
    words: DOING[right],
    roles,
    people: have.map(({ id, name, verbs }) => ({
      id,
      name,
      uses: isJudged(right)
        ? verbs.reduce((uses, { verb, done }) => uses + (proves(right, verb) ? done : 0), 0)
        : null,
    })),
  };
}
