import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { readWay } from '@/app/read-way';
import { HolderTable } from '@/components/accounts/holder-table';
import { IndicatorClusters } from '@/components/accounts/indicator-clusters';
import { IndicatorDays } from '@/components/accounts/indicator-days';
import { IndicatorFacts } from '@/components/accounts/indicator-facts';
import { KindIcon, kindLabel } from '@/components/clusters/kind-icon';
import { PageHeader } from '@/components/shell/page-header';
import { TrailProvider } from '@/components/shell/trail';
import { trailCrumbs } from '@/components/shell/trail-crumbs';
import { CopyButton } from '@/components/ui/copy-button';
import { RawText } from '@/components/ui/raw-text';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import type { Person } from '@/lib/access/schema';
import { getIndicator } from '@/lib/clusters/get-indicator';
import { AppError } from '@/lib/errors';
import '@/components/accounts/accounts.css';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Indicator' };

/** One value that accounts share: how rare it is, who has it, since when, and in which clusters. */
export default async function IndicatorPage({ params, searchParams }: Props) {
  const person = await requirePerson();
  const [indicator, way] = await Promise.all([
    read(person, (await params).id),
    readWay(person, searchParams),
  ]);
  if (indicator === 'hidden') return <Hidden way={trailCrumbs(way)} />;
  const label = kindLabel(indicator.kind);
  return (
    <TrailProvider way={way} here={{ type: 'indicator', id: indicator.id }}>
      <PageHeader crumbs={[...trailCrumbs(way), { label }]} />
      <section className="a-hero">
        <div className="a-hero-top">
          <KindIcon kind={indicator.kind} />
          <span className="soft">{label}</span>
          <h1>
            <RawText>{indicator.value}</RawText>
          </h1>
          <CopyButton small text={indicator.value} label="Copy the value" />
          <span className="push" />
          {may(person, 'proposal.create') && (
            <Link className="btn" href={`/approvals/new?indicator=${indicator.id}`} prefetch={false}>
              Propose for all its accounts…
            </Link>
          )}
        </div>
        <IndicatorFacts indicator={indicator} />
      </section>
      <div className="a-content">
        <IndicatorDays days={indicator.days} />
        <IndicatorClusters indicator={indicator} />
        <HolderTable indicator={indicator} />
      </div>
    </TrailProvider>
  );
}

function Hidden({ way }: { way: ReturnType<typeof trailCrumbs> }) {
  return (
    <>
      <PageHeader crumbs={[...way, { label: 'Indicator' }]} />
      <div className="a-nothing">
        <p className="strong">Your role sees how many share a value, and not the values.</p>
        <p className="soft">Viewers, analysts, approvers and administrators may. Ask one of them.</p>
      </div>
    </>
  );
}

async function read(person: Person, id: string) {
  try {
    return await getIndicator(person, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    if (error instanceof AppError && error.code === 'forbidden') return 'hidden';
    throw error;
  }
}
