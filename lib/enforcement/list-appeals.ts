import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { noteRead } from '@/lib/audit/note-read';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { ACT, ACT_OF } from './appeal-rate';
import { appealRefusal } from './appeal-rules';
import {
  APPEAL_PAGE,
  type AppealedAct,
  type AppealFilter,
  type AppealPage,
  type AppealRow,
  type AppealState,
  type AppealView,
} from './appeal-schema';

const EXCERPT = 160;

/** One page of the appeals: the longest waiting first, decided ones by their decision. @throws AppError forbidden */
export async function listAppeals(actor: Actor, { view, page }: AppealFilter): Promise<AppealPage> {
  requireRight(actor, 'desk.read');
  const reader = actor.kind === 'user' ? actor.id : 0;
  await noteRead(actor, { type: 'appeal', id: '*', label: 'List of appeals' });
  const [rows, counts] = await Promise.all([
    readAppeals(
      actor,
      Prisma.sql`${conditionOf(view, reader)}
      ORDER BY ${view === 'decided' ? Prisma.sql`a.decided_at DESC` : Prisma.sql`a.received_at`}, a.number
      LIMIT ${APPEAL_PAGE}::int OFFSET ${(page - 1) * APPEAL_PAGE}::int`,
    ),
    countViews(reader),
  ]);
  return { rows, total: counts[view], counts };
}

/** Appeals with the act they are against. @param where conditions and order over a (appeal) and ACT */
export async function readAppeals(actor: Actor, where: Prisma.Sql): Promise<AppealRow[]> {
  const reader = actor.kind === 'user' ? actor.id : 0;
  const rows = await database().$queryRaw<Found[]>`
    SELECT a.number, acc.id AS "accountId", a.received_at AS "receivedAt", left(a.text, ${EXCERPT}::int) AS excerpt,
      a.state::text AS state, a.decided_at AS "decidedAt", a.assignee_id AS "assigneeId", u.name AS "assigneeName",
      p.id AS "proposalId", p.action::text AS action, c.id AS "clusterId", c.name AS "clusterName",
      COALESCE(i.done_at, i.sent_at) AS at, i.strength, i.kinds,
      had_part_in(${reader}::int, p.id, a.account_key) AS involved
    FROM appeal a JOIN account acc ON acc.key = a.account_key ${ACT_OF}
    LEFT JOIN proposal p ON p.id = ${ACT}
    LEFT JOIN proposal_item i ON i.proposal_id = p.id AND i.account_key = a.account_key
    LEFT JOIN cluster c ON c.id = COALESCE(i.cluster_id, p.cluster_id)
    LEFT JOIN app_user u ON u.id = a.assignee_id
    WHERE ${where}`;
  const sensitive = may(actor, 'desk.read_sensitive');
  return rows.map((row) => toRow(actor, row, sensitive));
}

interface Found extends Omit<AppealedAct, 'at' | 'cluster' | 'proposalId'> {
  number: number;
  accountId: string;
  receivedAt: Date;
  excerpt: string | null;
  state: AppealState;
  decidedAt: Date | null;
  assigneeId: number | null;
  assigneeName: string | null;
  proposalId: number | null;
  clusterId: number | null;
  clusterName: string | null;
  at: Date;
  involved: boolean;
}

function toRow(actor: Actor, row: Found, sensitive: boolean): AppealRow {
  const assignee = row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? '' };
  return {
    number: row.number,
    accountId: row.accountId,
    receivedAt: row.receivedAt.toISOString(),
    excerpt: sensitive ? row.excerpt : null,
    state: row.state,
    act:
      row.proposalId === null
        ? null
        : {
            proposalId: row.proposalId,
            action: row.action,
            cluster: row.clusterId === null ? null : { id: row.clusterId, name: row.clusterName ?? '' },
            at: row.at.toISOString(),
            strength: row.strength,
            kinds: row.kinds,
          },
    assignee,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    refusal: appealRefusal(actor, { ...row, assignee }),
  };
}

function conditionOf(view: AppealView, reader: number): Prisma.Sql {
  switch (view) {
    case 'open':
      return Prisma.sql`a.state = 'open' AND ${ACT} IS NOT NULL`;
    case 'mine':
      return Prisma.sql`a.state = 'open' AND a.assignee_id = ${reader}::int`;
    case 'decided':
      return Prisma.sql`a.state <> 'open'`;
    case 'other':
      return Prisma.sql`a.state = 'open' AND ${ACT} IS NULL`;
  }
}

async function countViews(reader: number): Promise<Record<AppealView, number>> {
  const [row] = await database().$queryRaw<Record<AppealView, number>[]>`
    SELECT count(*) FILTER (WHERE ${conditionOf('open', reader)})::int AS open,
      count(*) FILTER (WHERE ${conditionOf('mine', reader)})::int AS mine,
      count(*) FILTER (WHERE ${conditionOf('decided', reader)})::int AS decided,
      count(*) FILTER (WHERE ${conditionOf('other', reader)})::int AS other
    FROM appeal a ${ACT_OF}`;
  return row ?? { open: 0, mine: 0, decided: 0, other: 0 };
}
