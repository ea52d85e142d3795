import Link from 'next/link';
import { aboutHref } from './audit-query';

/** From a proposal to all that is written down about it. */
export function ProposalRecord({ id }: { id: number }) {
  return (
    <Link className="btn ghost" href={aboutHref('proposal', `P-${id}`)}>
      Everything in the audit
    </Link>
  );
}
