'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { Facet } from '@/components/ui/facet';
import { formatCount, formatOf, showInvisible } from '@/components/ui/format';
import { MenuCheck, MenuLine } from '@/components/ui/menu';
import { SearchField } from '@/components/ui/search-field';
import type { AuditCounts, AuditFilter, AuditTotal } from '@/lib/audit/filter-schema';
import { AUDIT_VERBS, OBJECT_TYPES } from '@/lib/audit/schema';
import { verbLabel } from '@/lib/audit/verb-words';
import { verbFilterWords } from './audit-query';
import { TimeFacet } from './time-facet';

const NOUNS = [...new Set(AUDIT_VERBS.map((verb) => verb.slice(0, verb.indexOf('.'))))];
const OUTCOMES = { done: 'Done', refused: 'Refused' } as const;

/** What narrows the audit; each change is an address of its own. */
export function AuditFilters({
  filter,
  counts,
  onChange,
  searchRef,
  children,
}: {
  filter: AuditFilter;
  counts: AuditCounts;
  onChange: (part: Partial<AuditFilter>) => void;
  searchRef: RefObject<HTMLInputElement | null>;
  /** What can be done with the entries that are left. */
  children?: React.ReactNode;
}) {
  const actor = counts.actors.find((each) => each.actor === filter.actor);
  return (
    <div className="filters" role="toolbar" aria-label="Filters">
      <SearchField
        value={filter.q}
        onChange={(q) => onChange({ q })}
        label="Filter by object, id or word"
        placeholder="Object, id or word"
        maxLength={200}
        fieldRef={searchRef}
      />
      {filter.about && (
        <Facet
          label="Everything of"
          value={showInvisible(filter.about.slice(filter.about.indexOf(':') + 1))}
          onClear={() => onChange({ about: undefined, order: 'newest' })}
        >
          <Choice
            value={filter.about}
            chosen={undefined}
            onChoose={(object) => onChange({ about: undefined, object })}
          >
            Its own entries only
          </Choice>
        </Facet>
      )}
      <TimeFacet range={filter} onChange={onChange} />
      <Facet
        label="Verb"
        value={filter.verb && showInvisible(verbFilterWords(filter.verb))}
        onClear={() => onChange({ verb: undefined })}
      >
        <Choice value="!records.*" chosen={filter.verb} onChoose={(verb) => onChange({ verb })}>
          All but records
        </Choice>
        <Choice value="!enforcement.*" chosen={filter.verb} onChoose={(verb) => onChange({ verb })}>
          All but enforcement
        </Choice>
        {NOUNS.map((noun) => (
          <div key={noun}>
            <MenuLine />
            <Choice value={`${noun}.*`} chosen={filter.verb} onChoose={(verb) => onChange({ verb })}>
              <span className="mono">{noun}.*</span>
            </Choice>
            {AUDIT_VERBS.filter((verb) => verb.startsWith(`${noun}.`)).map((verb) => (
              <Choice
                key={verb}
                value={verb}
                chosen={filter.verb}
                onChoose={(each) => onChange({ verb: each })}
                note={<span className="mono">{verb}</span>}
              >
                {verbLabel(verb)}
              </Choice>
            ))}
          </div>
        ))}
      </Facet>
      <Facet
        label="Actor"
        value={filter.actor && showInvisible(actor?.name ?? filter.actor)}
        onClear={() => onChange({ actor: undefined })}
      >
        {counts.actors.map((each) => (
          <Choice
            key={each.actor}
            value={each.actor}
            chosen={filter.actor}
            onChoose={(chosen) => onChange({ actor: chosen })}
            note={showInvisible(each.actor)}
          >
            {showInvisible(each.name)}
          </Choice>
        ))}
      </Facet>
      <Facet
        label="Object"
        value={filter.object && showInvisible(filter.object)}
        onClear={() => onChange({ object: undefined })}
      >
        {OBJECT_TYPES.map((type) => (
          <Choice key={type} value={type} chosen={filter.object} onChoose={(object) => onChange({ object })}>
            {type}
          </Choice>
        ))}
      </Facet>
      <Facet
        label="Outcome"
        value={filter.outcome && OUTCOMES[filter.outcome].toLowerCase()}
        onClear={() => onChange({ outcome: undefined })}
        narrow={false}
      >
        {(['done', 'refused'] as const).map((outcome) => (
          <Choice
            key={outcome}
            value={outcome}
            chosen={filter.outcome}
            onChoose={(each) => onChange({ outcome: each ? outcome : undefined })}
          >
            {OUTCOMES[outcome]}
          </Choice>
        ))}
      </Facet>
      <Button
        variant="ghost"
        className="low au-order"
        onClick={() => onChange({ order: filter.order === 'newest' ? 'oldest' : 'newest' })}
        title={filter.order === 'newest' ? 'Show the oldest first' : 'Show the newest first'}
      >
        {filter.order === 'newest' ? (
          <ArrowDown className="i i-s" aria-hidden="true" />
        ) : (
          <ArrowUp className="i i-s" aria-hidden="true" />
        )}
        {filter.order === 'newest' ? 'Newest' : 'Oldest'}
      </Button>
      <span
        className="push small mute au-total"
        role="status"
        title={
          counts.total.exact
            ? undefined
            : 'Too many to count each time: the database’s own estimate, to two figures'
        }
      >
        {counts.total.exact ? '' : 'about '}
        {formatOf(counts.total.entries, 'entry', 'entries')}
      </span>
      {children}
    </div>
  );
}

/** "1,003", "about 610,000". */
export function totalWords({ entries, exact }: AuditTotal): string {
  return exact ? formatCount(entries) : `about ${formatCount(entries)}`;
}

/** One of several; choosing it again takes it off. */
function Choice({
  value,
  chosen,
  onChoose,
  note,
  children,
}: {
  value: string;
  chosen: string | undefined;
  onChoose: (value: string | undefined) => void;
  note?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <MenuCheck
      checked={value === chosen}
      onCheckedChange={(on) => onChoose(on ? value : undefined)}
      note={note}
    >
      {children}
    </MenuCheck>
  );
}
