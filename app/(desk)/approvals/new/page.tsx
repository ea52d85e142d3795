import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { firstOfEach } from '@/app/first-of-each';
import { type DraftTarget, DraftView } from '@/components/enforcement/draft-view';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import type { Person } from '@/lib/access/schema';
import { listProposals } from '@/lib/enforcement/list-proposals';
import { type DraftQuery, draftQuerySchema } from '@/lib/enforcement/propose-schema';
import { countermeasuresSetting } from '@/lib/enforcement/provider-settings-schema';
import { readSetting } from '@/lib/settings/read-setting';
import { previewAction, proposeAction, splitAction } from '../propose-actions';
import '@/components/enforcement/enforcement.css';

export const metadata: Metadata = { title: 'New proposal' };

/** Whom an action would hit and what it costs, before it is proposed: ?cluster=, ?indicator=, ?late=, ?relist=, ?from=. */
export default async function NewProposalPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const person = await requirePerson();
  const query = draftQuerySchema.safeParse(firstOfEach(await searchParams));
  if (!query.success) notFound();
  const [countermeasures, replaces] = await Promise.all([
    readSetting(countermeasuresSetting),
    ownWaiting(person, query.data.relist),
  ]);
  return (
    <>
      <PageHeader crumbs={[{ label: 'Approvals', href: '/approvals' }, { label: 'New proposal' }]} />
      {may(person, 'proposal.create') ? (
        <DraftView
          target={targetOf(query.data, replaces)}
          first={{ action: query.data.action, exclude: query.data.exclude }}
          countermeasures={countermeasures.value}
          actions={{ preview: previewAction, propose: proposeAction, split: splitAction }}
        />
      ) : (
        <div className="p-nothing">
          <p className="strong">Your role may not propose actions.</p>
          <p className="soft">Analysts and approvers may. Ask one of them.</p>
        </div>
      )}
    </>
  );
}

/** The proposal whose place the new one takes: it waits, and is the reader's own. */
async function ownWaiting(person: Person, id: number | undefined): Promise<number | undefined> {
  if (id === undefined) return undefined;
  const { rows } = await listProposals(person, { view: 'mine' });
  return rows.find((row) => row.id === id && row.status === 'waiting')?.id;
}

function targetOf(query: DraftQuery, replaces: number | undefined): DraftTarget {
  if (query.cluster !== undefined) return { kind: 'fixed', input: { clusterId: query.cluster } };
  if (query.indicator !== undefined) return { kind: 'fixed', input: { indicatorId: query.indicator } };
  if (query.late !== undefined) return { kind: 'fixed', input: { lateOf: query.late } };
  if (query.relist !== undefined) return { kind: 'fixed', input: { relistOf: query.relist }, replaces };
  return { kind: query.from };
}
