import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { HistorySection } from '@/components/clusters/cluster/history-section';
import { ShareView } from '@/components/intel/share-view';
import { PageHeader } from '@/components/shell/page-header';
import { showInvisible } from '@/components/ui/format';
import { requirePerson } from '@/lib/access/current-person';
import { getAuditHistory } from '@/lib/audit/get-audit-history';
import { AppError } from '@/lib/errors';
import { getShare } from '@/lib/intel/get-share';
import { shareRef } from '@/lib/intel/rules';
import { answerShareAction, endShareAction } from '../../share-actions';
import '@/components/clusters/cluster/cluster.css';
import '@/components/enforcement/enforcement.css';
import '@/components/intel/intel.css';
import '@/components/intel/share.css';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { share } = await read((await params).id);
  return { title: `${shareRef(share.id)} of ${showInvisible(share.campaign.name)}` };
}

export default async function SharePage({ params }: Props) {
  const { share, history } = await read((await params).id);
  const crumbs = [
    { label: 'Campaigns', href: '/campaigns' },
    { label: showInvisible(share.campaign.name), href: `/campaigns/${share.campaign.id}` },
    { label: shareRef(share.id) },
  ];
  return (
    <>
      <PageHeader crumbs={crumbs} />
      <ShareView share={share} actions={{ answer: answerShareAction, end: endShareAction }}>
        <HistorySection type="share" id={shareRef(share.id)} rows={history} />
      </ShareView>
    </>
  );
}

const read = cache(async (text: string) => {
  const person = await requirePerson();
  if (!/^\d{1,9}$/.test(text)) notFound();
  const id = Number(text);
  try {
    const [share, history] = await Promise.all([
      getShare(person, id),
      getAuditHistory(person, 'share', shareRef(id)),
    ]);
    return { share, history };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});
