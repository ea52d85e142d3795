'use client';

import { Package } from 'lucide-react';
import Link from 'next/link';
import { useDesk } from '@/components/shell/desk-context';
import { aboutHref } from './audit-query';

/** From a proposal to all that is written down about it, and to the file that shows it to others. */
export function ProposalRecord({ id }: { id: number }) {
  const { may } = useDesk();
  return (
    <>
      <Link className="btn ghost" href={aboutHref('proposal', `P-${id}`)}>
        Audit
      </Link>
      {may('audit.export') && (
        <a
          className="btn"
          href={`/api/proposals/${id}/pack`}
          download
          title="List, evidence, approvals, execution, audit entries with proofs, and how to check them: one file. Taking it is written down."
        >
          <Package className="i" aria-hidden="true" />
          Evidence pack
        </a>
      )}
    </>
  );
}
