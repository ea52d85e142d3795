import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { firstOfEach } from '@/app/first-of-each';
import { RestoreView } from '@/components/enforcement/restore-view';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { restoreQuerySchema } from '@/lib/enforcement/restore-schema';
import { previewRestoreAction, restoreAction } from '../propose-actions';
import '@/components/enforcement/enforcement.css';

export const metadata: Metadata = { title: 'Restore' };

/** What taking back would do, before it is proposed: ?proposal= or ?account=. */
export default async function RestorePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const person = await requirePerson();
  const query = restoreQuerySchema.safeParse(firstOfEach(await searchParams));
  if (!query.success) notFound();
  const { proposal, account } = query.data;
  const target = proposal === undefined ? { accountIds: [account!] } : { proposalId: proposal };
  return (
    <>
      <PageHeader crumbs={[{ label: 'Approvals', href: '/approvals' }, { label: 'Restore' }]} />
      {may(person, 'proposal.create') ? (
        <RestoreView target={target} actions={{ preview: previewRestoreAction, restore: restoreAction }} />
      ) : (
        <div className="p-nothing">
          <p className="strong">Your role may not propose restoring.</p>
          <p className="soft">Analysts and approvers may. Ask one of them.</p>
        </div>
      )}
    </>
  );
}
