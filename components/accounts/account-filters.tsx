'use client';

import { ChevronDown, Search, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { formatCount, showInvisible } from '@/components/ui/format';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useKeys } from '@/components/ui/use-keys';
import type { AccountFilter } from '@/lib/clusters/account-schema';
import { ACCOUNT_STATUSES } from '@/lib/clusters/fixed-sets';
import { ACCOUNT_STATUS_LABELS } from './account-status';

const CLUSTER_LABELS = { in: 'in some', out: 'in none' } as const;
/** Long enough to finish a word, short enough to feel at once. */
const TYPING_MS = 250;

/** Search and filters of the list; all of them live in the URL. */
export function AccountFilters({
  filter,
  total,
  all,
}: {
  filter: AccountFilter;
  total: number;
  all: number;
}) {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const field = useRef<HTMLInputElement>(null);
  const [q, setQ] = useState(filter.q ?? '');
  const [loading, startLoading] = useTransition();
  const typed = q.trim();
  const sent = useRef(typed);
  useKeys({ '/': () => field.current?.focus() });

  const hrefWith = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    next.delete('page');
    // What stands in the field counts, also while the address still has the word before it.
    for (const [name, value] of Object.entries({ q: typed, ...changes })) {
      if (value === null || value === '') next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    return query ? `${path}?${query}` : path;
  };
  const go = (changes: Record<string, string | null>) =>
    startLoading(() => router.replace(hrefWith(changes), { scroll: false }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the clock
  useEffect(() => {
    if (typed === (params.get('q') ?? '')) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      go({});
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  // A word that came with the address (a link, the back button) and not from this field goes into the field.
  const inAddress = params.get('q') ?? '';
  useEffect(() => {
    if (loading || inAddress === sent.current) return;
    sent.current = inAddress;
    setQ(inAddress);
  }, [inAddress, loading]);

  return (
    <div className="filters">
      <search className="field a-search">
        <Search className="i i-s" aria-hidden="true" />
        <input
          ref={field}
          type="search"
          value={q}
          maxLength={128}
          placeholder="Id, name, organization or domain"
          aria-label="Search accounts"
          aria-keyshortcuts="/"
          onChange={(event) => setQ(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && (q === '' ? field.current?.blur() : setQ(''))}
        />
        <kbd>/</kbd>
      </search>
      <Facet
        label="State"
        value={filter.status && ACCOUNT_STATUS_LABELS[filter.status]}
        clear={hrefWith({ status: null })}
        options={ACCOUNT_STATUSES.map((value) => ({ value, label: ACCOUNT_STATUS_LABELS[value] }))}
        onChoose={(status) => go({ status })}
      />
      <Facet
        label="Cluster"
        value={filter.cluster && CLUSTER_LABELS[filter.cluster]}
        clear={hrefWith({ cluster: null })}
        options={[
          { value: 'in', label: 'In some cluster' },
          { value: 'out', label: 'In none' },
        ]}
        onChoose={(cluster) => go({ cluster })}
      />
      <Facet
        label="Provider"
        value={filter.conflict && 'contradicts us'}
        clear={hrefWith({ conflict: null })}
        options={[{ value: 'yes', label: 'Reports otherwise after our act' }]}
        onChoose={(conflict) => go({ conflict })}
      />
      {filter.program && (
        <Facet
          label="Programme"
          value={showInvisible(filter.program.replaceAll('_', ' '))}
          clear={hrefWith({ program: null })}
          options={[{ value: '', label: 'Any' }]}
          onChoose={() => go({ program: null })}
        />
      )}
      <span className="push" />
      <span className="small soft" role="status" aria-busy={loading}>
        {total === all
          ? `${formatCount(all)} accounts`
          : `${formatCount(total)} of ${formatCount(all)} accounts`}
      </span>
    </div>
  );
}

function Facet({
  label,
  value,
  clear,
  options,
  onChoose,
}: {
  label: string;
  value: string | undefined;
  clear: string;
  options: { value: string; label: string }[];
  onChoose: (value: string) => void;
}) {
  return (
    <span className={value ? 'facet on' : 'facet'}>
      <Menu
        label={label}
        trigger={
          <button type="button">
            {label}
            {value ? <b>{value.toLowerCase()}</b> : <ChevronDown className="i" aria-hidden="true" />}
          </button>
        }
      >
        {options.map((option) => (
          <MenuItem key={option.value} onSelect={() => onChoose(option.value)}>
            {option.label}
          </MenuItem>
        ))}
      </Menu>
      {value && (
        <Link className="x" href={clear} replace scroll={false} aria-label={`Remove the filter ${label}`}>
          <X className="i" aria-hidden="true" />
        </Link>
      )}
    </span>
  );
}
