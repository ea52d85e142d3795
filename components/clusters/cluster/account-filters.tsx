'use client';

import { ACCOUNT_STATUS_LABELS } from '@/components/accounts/account-status';
import { Facet } from '@/components/ui/facet';
import { showInvisible } from '@/components/ui/format';
import { MenuCheck } from '@/components/ui/menu';
import { ACCOUNT_STATUSES, MEMBER_SPENDS } from '@/lib/clusters/fixed-sets';
import type { MemberFilter } from '@/lib/clusters/member-filter';
import type { MemberQuery } from './use-members';

const SPEND_LABELS: Record<NonNullable<MemberFilter['spend']>, string> = {
  none: 'none',
  some: 'any',
  'over-100': '≥ $100 a month',
  'over-1000': '≥ $1,000 a month',
};

/** What narrows the accounts beside role and name. */
export function AccountFilters({
  query,
  plans,
  change,
}: {
  query: MemberQuery;
  /** Of the cluster's accounts, most frequent first. */
  plans: readonly string[];
  change: (part: Partial<MemberQuery>) => void;
}) {
  const planWords = (plan: string) => showInvisible(plan.replaceAll('_', ' '));
  return (
    <div className="filters cl-filters" role="toolbar" aria-label="Filters of the accounts">
      <Facet
        label="Plan"
        value={query.plan && planWords(query.plan)}
        onClear={() => change({ plan: undefined })}
      >
        {plans.map((plan) => (
          <MenuCheck
            key={plan}
            checked={query.plan === plan}
            onCheckedChange={(on) => change({ plan: on ? plan : undefined })}
          >
            <span className="clip qv-name">{planWords(plan)}</span>
          </MenuCheck>
        ))}
      </Facet>
      <Facet
        label="Spend"
        value={query.spend && SPEND_LABELS[query.spend]}
        onClear={() => change({ spend: undefined })}
      >
        {MEMBER_SPENDS.map((spend) => (
          <MenuCheck
            key={spend}
            checked={query.spend === spend}
            onCheckedChange={(on) => change({ spend: on ? spend : undefined })}
          >
            {SPEND_LABELS[spend]}
          </MenuCheck>
        ))}
      </Facet>
      <Facet
        label="Links"
        value={query.links && 'one kind alone'}
        onClear={() => change({ links: undefined })}
      >
        <MenuCheck
          checked={query.links === 'one'}
          onCheckedChange={(on) => change({ links: on ? 'one' : undefined })}
        >
          Held by one kind of evidence alone
        </MenuCheck>
      </Facet>
      <Facet
        label="Status"
        value={query.status && ACCOUNT_STATUS_LABELS[query.status].toLowerCase()}
        onClear={() => change({ status: undefined })}
      >
        {ACCOUNT_STATUSES.map((status) => (
          <MenuCheck
            key={status}
            checked={query.status === status}
            onCheckedChange={(on) => change({ status: on ? status : undefined })}
          >
            {ACCOUNT_STATUS_LABELS[status]}
          </MenuCheck>
        ))}
      </Facet>
    </div>
  );
}
