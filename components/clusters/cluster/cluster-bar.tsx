'use client';

import { ChevronDown, ChevronUp, Link2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type Crumb, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { toast } from '@/components/ui/toast';
import { useKeys } from '@/components/ui/use-keys';
import type { ClusterDetail } from '@/lib/clusters/schema';
import { PrintDossier } from './print-dossier';
import { PulseBar } from './pulse-bar';

/** The page's bar: where it stands in the queue, and the way to the clusters before and after it (k and j). */
export function ClusterBar({
  cluster,
  way,
}: {
  cluster: ClusterDetail;
  /** How the reader came here from other pages; empty from the queue. */
  way: Crumb[];
}) {
  const { name, position } = cluster;
  const router = useRouter();
  const go = (id: number | null) => (id === null ? undefined : () => router.push(`/clusters/${id}`));
  useKeys({ j: go(position.next), k: go(position.previous) });
  const copy = () =>
    navigator.clipboard.writeText(location.href).then(
      () => toast.success('Link copied'),
      () => toast.error('The browser did not allow copying. Copy the address from its bar.'),
    );
  return (
    <PageHeader
      crumbs={[...(way.length > 0 ? way : [{ label: 'Clusters', href: '/clusters' }]), { label: name }]}
      tabs={
        position.index > 0 && (
          <>
            <span className="vr" />
            <span className="small mute cl-position">
              {formatCount(position.index)} of {formatCount(position.total)}
            </span>
            <Step id={position.previous} label="Previous cluster (k)">
              <ChevronUp className="i" aria-hidden="true" />
            </Step>
            <Step id={position.next} label="Next cluster (j)">
              <ChevronDown className="i" aria-hidden="true" />
            </Step>
          </>
        )
      }
    >
      <PulseBar cluster={cluster} />
      <PrintDossier />
      <Button icon aria-label="Copy link" title="Copy link" onClick={copy}>
        <Link2 className="i" aria-hidden="true" />
      </Button>
    </PageHeader>
  );
}

function Step({ id, label, children }: { id: number | null; label: string; children: React.ReactNode }) {
  if (id === null) {
    return (
      <span className="btn ghost icon short" aria-hidden="true" data-off>
        {children}
      </span>
    );
  }
  return (
    <Link className="btn ghost icon short" href={`/clusters/${id}`} aria-label={label} title={label}>
      {children}
    </Link>
  );
}
