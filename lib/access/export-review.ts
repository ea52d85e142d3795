import { writeAudit } from '@/lib/audit/write-audit';
import { CSV_START, csvLine } from '@/lib/csv';
import { inTransaction } from '@/lib/database/transaction';
import { reviewAccess } from './review-access';
import type { AccessReview, ReviewFilter } from './review-schema';
import type { Actor } from './schema';

/** "people": a line a person or key, with a column for each right. "actions": a line for each actor and verb. */
export type ReviewTable = 'people' | 'actions';

/** The access review as CSV; the export is itself written down. @throws AppError forbidden */
export async function exportReview(actor: Actor, filter: ReviewFilter, table: ReviewTable): Promise<string> {
  const review = await reviewAccess(actor, filter);
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'data.export',
      object: { type: 'export', id: 'access-review' },
      detail: { table, days: filter.days },
    }),
  );
  const lines = table === 'people' ? peopleLines(review) : actionLines(review);
  return CSV_START + lines.map(csvLine).join('');
}

type Cells = (string | number | null)[];

function peopleLines({ from, to, rights, people, keys }: AccessReview): Cells[] {
  const head = [
    'kind',
    'id',
    'name',
    'email',
    'role',
    'state',
    'made',
    'last_sign_in_or_use',
    'done',
    'refused',
    'findings',
    'period_from',
    'period_to',
  ];
  return [
    [...head, ...rights.map(({ right }) => `may ${right} (uses)`)],
    ...people.map((person) => [
      'person',
      person.id,
      person.name,
      person.email,
      person.role,
      person.state,
      person.createdAt,
      person.lastSignInAt,
      person.done,
      person.refused,
      person.findings.join('; '),
      from,
      to,
      // Empty: may not. "yes": may, and use leaves no trace. A figure: may, and did so often.
      ...rights.map((right) => {
        const found = right.people.find(({ id }) => id === person.id);
        return found ? (found.uses ?? 'yes') : null;
      }),
    ]),
    ...keys.map((key) => [
      'key',
      key.id,
      key.name,
      null,
      `opens ${key.scopes.join(' and ')}, ${key.prefix}`,
      key.revokedAt ? 'revoked' : key.expiresAt && key.expiresAt <= to ? 'expired' : 'active',
      key.createdAt,
      key.lastUsedAt,
      null,
      null,
      key.finding,
      from,
      to,
      ...rights.map(() => null),
    ]),
  ];
}

function actionLines({ people, machines }: AccessReview): Cells[] {
  const actors = [
    ...people.map(({ id, name, verbs }) => ({ actor: `user:${id}`, name, verbs })),
    ...machines,
  ];
  return [
    ['actor', 'name', 'verb', 'done', 'refused', 'last_at'],
    ...actors.flatMap(({ actor, name, verbs }) =>
      verbs.map(({ verb, done, refused, lastAt }) => [actor, name, verb, done, refused, lastAt]),
    ),
  ];
}
