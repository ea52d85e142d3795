import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ShareDraft } from '@/components/intel/share-draft';
import { PageHeader } from '@/components/shell/page-header';
import { showInvisible } from '@/components/ui/format';
import { requirePerson } from '@/lib/access/current-person';
import { AppError } from '@/lib/errors';
import { getCampaign } from '@/lib/intel/get-campaign';
import { previewShare } from '@/lib/intel/preview-share';
import { HASHABLE_KINDS, type PreviewShareInput, previewShareSchema } from '@/lib/intel/share-schema';
import { proposeShareAction } from '../../share-actions';
import '@/components/clusters/cluster/cluster.css';
import '@/components/enforcement/enforcement.css';
import '@/components/intel/intel.css';
import '@/components/intel/share.css';

export const metadata: Metadata = { title: 'Share a campaign' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ShareCampaignPage({ params, searchParams }: Props) {
  const person = await requirePerson();
  const { id: text } = await params;
  if (!/^\d{1,9}$/.test(text)) notFound();
  const id = Number(text);
  const options = readOptions(id, await searchParams);
  try {
    const campaign = await getCampaign(person, id);
    // A refusal is told beside the options that led to it.
    const preview = await previewShare(person, options).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'conflict') return error.forPerson;
      throw error;
    });
    const crumbs = [
      { label: 'Campaigns', href: '/campaigns' },
      { label: showInvisible(campaign.name), href: `/campaigns/${id}` },
      { label: 'Share' },
    ];
    return (
      <>
        <PageHeader crumbs={crumbs} />
        <ShareDraft
          campaign={{ id, name: campaign.name }}
          options={options}
          preview={typeof preview === 'string' ? null : preview}
          refusal={typeof preview === 'string' ? preview : null}
          propose={proposeShareAction}
        />
      </>
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

/** The options as the address has them; what is none of ours is left out. */
function readOptions(
  campaignId: number,
  query: Record<string, string | string[] | undefined>,
): PreviewShareInput {
  const list = (name: string) => [query[name] ?? []].flat().flatMap((text) => text.split(','));
  const parsed = previewShareSchema.safeParse({
    campaignId,
    tlp: query.tlp ?? 'amber',
    hashed: HASHABLE_KINDS.filter((kind) => list('hashed').includes(kind)),
    also: list('also').filter((text) => text !== ''),
    without: list('without').filter((text) => text !== ''),
    collectionId: query.collection ?? null,
  });
  return parsed.success
    ? parsed.data
    : { campaignId, tlp: 'amber', hashed: [], also: [], without: [], collectionId: null };
}
