'use client';

import { TriangleAlert } from 'lucide-react';
import { memo, type ReactNode, type RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { Facet } from '@/components/ui/facet';
import { formatCount, showInvisible } from '@/components/ui/format';
import { MenuCheck, MenuLine } from '@/components/ui/menu';
import { SearchField } from '@/components/ui/search-field';
import { CLUSTER_STATUSES, REOPENED_CAUSES } from '@/lib/clusters/fixed-sets';
import type { QueuePage } from '@/lib/clusters/schema';
import { QUADRANTS } from '@/lib/detection/fixed-sets';
import { QUADRANT_LABELS } from '../axes-glyph';
import { kindLabel } from '../kind-icon';
import { reopenedWords } from '../reopened-words';
import { STATUS_LABELS } from '../state-mark';
import { ageWords, describeFilter, type Facet as FacetName, ignoredWords } from './filter-query';
import { Freshness } from './freshness';
import type { FilterState } from './use-filter';
import type { Queue } from './use-queue';

const SCORES = [12, 20, 30, 40];
const SIZES = [10, 50, 100, 1_000];
const AGES = ['under-1d', 'under-7d', 'over-2d', 'over-7d', 'over-30d'];

/** What narrows the list: solid when set, dashed when free; and what has changed since it was read. */
export function FilterBar({
  filter,
  change,
  ignored,
  clean,
  queue,
  searchRef,
}: Pick<FilterState, 'filter' | 'change' | 'ignored' | 'clean'> & {
  queue: Queue;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  return (
    <>
      <div className="filters" role="toolbar" aria-label="Filters">
        <Facets filter={filter} change={change} page={queue.page} searchRef={searchRef} />
        <span className="push" />
        <Freshness queue={queue} />
      </div>
      {ignored.length > 0 && (
        <p className="q-ignored small" role="status">
          <TriangleAlert className="i i-s" aria-hidden="true" />
          <span className="clip">
            Ignored in this link, because it means nothing here: {ignoredWords(ignored)}. The rest of it is
            set.
          </span>
          <Button variant="ghost" className="low push" onClick={clean}>
            Clean the link
          </Button>
        </p>
      )}
    </>
  );
}

/** Drawn anew only when the filter or the page changes, not with every row that the keyboard passes. */
const Facets = memo(function Facets({
  filter,
  change,
  page,
  searchRef,
}: Pick<FilterState, 'filter' | 'change'> & {
  page: QueuePage;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  const { kinds, people, campaigns } = page;
  const set = new Map(describeFilter(filter, page).map((each) => [each.facet, each.value]));
  const clear = (facet: FacetName) => change({ [facet]: undefined });
  const facet = (key: FacetName, label: string, children: ReactNode, narrow = true) => (
    <Facet label={label} value={set.get(key)} onClear={() => clear(key)} narrow={narrow}>
      {children}
    </Facet>
  );
  return (
    <>
      <SearchField
        value={filter.q ?? ''}
        onChange={(q) => change({ q: q || undefined }, 'replace')}
        label="Filter by name or CL-number"
        placeholder="Name or CL-number"
        maxLength={100}
        fieldRef={searchRef}
      />
      <Facet
        label="State"
        value={set.get('status') ?? 'not dismissed'}
        onClear={filter.status && (() => clear('status'))}
      >
        <MenuCheck checked={!filter.status} onCheckedChange={() => clear('status')}>
          Not dismissed
        </MenuCheck>
        <MenuLine />
        <Several
          all={CLUSTER_STATUSES}
          labels={STATUS_LABELS}
          chosen={filter.status}
          onChange={(status) => change({ status })}
        />
      </Facet>
      {facet(
        'min',
        'Score',
        <AtLeast values={SCORES} chosen={filter.min} onChange={(min) => change({ min })} />,
      )}
      {facet(
        'size',
        'Accounts',
        <AtLeast values={SIZES} chosen={filter.size} onChange={(size) => change({ size })} />,
        false,
      )}
      {facet(
        'quadrant',
        'Quadrant',
        <Several
          all={QUADRANTS}
          labels={QUADRANT_LABELS}
          chosen={filter.quadrant}
          onChange={(quadrant) => change({ quadrant })}
        />,
      )}
      {facet(
        'kind',
        'Evidence',
        kinds.map((kind) => (
          <MenuCheck
            key={kind}
            checked={filter.kind === kind}
            onCheckedChange={(on) => change({ kind: on ? kind : undefined })}
          >
            {kindLabel(kind)}
          </MenuCheck>
        )),
      )}
      {facet(
        'who',
        'Assignee',
        [{ id: 'me', name: 'You' }, { id: 'nobody', name: 'Nobody' }, ...people].map(({ id, name }) => (
          <MenuCheck
            key={id}
            checked={filter.who === String(id)}
            onCheckedChange={(on) => change({ who: on ? String(id) : undefined })}
          >
            {name}
          </MenuCheck>
        )),
        false,
      )}
      {facet(
        'age',
        'Age',
        AGES.map((age) => (
          <MenuCheck
            key={age}
            checked={filter.age === age}
            onCheckedChange={(on) => change({ age: on ? age : undefined })}
          >
            {ageWords(age)}
          </MenuCheck>
        )),
        false,
      )}
      {facet(
        'reopened',
        'Reopened',
        REOPENED_CAUSES.map((cause) => (
          <MenuCheck
            key={cause}
            checked={filter.reopened === cause}
            onCheckedChange={(on) => change({ reopened: on ? cause : undefined })}
          >
            {reopenedWords(cause)}
          </MenuCheck>
        )),
        false,
      )}
      {(campaigns.length > 0 || filter.campaign !== undefined) &&
        facet(
          'campaign',
          'Campaign',
          campaigns.map(({ id, name }) => (
            <MenuCheck
              key={id}
              checked={filter.campaign === id}
              onCheckedChange={(on) => change({ campaign: on ? id : undefined })}
            >
              {showInvisible(name)}
            </MenuCheck>
          )),
          false,
        )}
    </>
  );
});

/** Ticks of a set; none ticked is no filter. */
function Several<T extends string>({
  all,
  labels,
  chosen = [],
  onChange,
}: {
  all: readonly T[];
  labels: Record<T, string>;
  chosen?: T[];
  onChange: (chosen: T[] | undefined) => void;
}) {
  return all.map((each) => (
    <MenuCheck
      key={each}
      stay
      checked={chosen.includes(each)}
      onCheckedChange={(on) => {
        const next = all.filter((other) => (other === each ? on : chosen.includes(other)));
        onChange(next.length > 0 ? next : undefined);
      }}
    >
      {labels[each]}
    </MenuCheck>
  ));
}

function AtLeast({
  values,
  chosen,
  onChange,
}: {
  values: number[];
  chosen?: number;
  onChange: (value: number | undefined) => void;
}) {
  return values.map((value) => (
    <MenuCheck
      key={value}
      checked={chosen === value}
      onCheckedChange={(on) => onChange(on ? value : undefined)}
    >
      ≥ {formatCount(value)}
    </MenuCheck>
  ));
}
