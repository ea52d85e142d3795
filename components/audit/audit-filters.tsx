'use client';

import type { RefObject } from 'react';
import { Facet } from '@/components/ui/facet';
import { formatOf, showInvisible } from '@/components/ui/format';
import { MenuCheck, MenuLine } from '@/components/ui/menu';
import { SearchField } from '@/components/ui/search-field';
import { AUDIT_VERBS, type AuditFilter, type AuditPage, OBJECT_TYPES } from '@/lib/audit/schema';
import { verbWords } from './audit-query';
import { DayFacet } from './day-facet';

const NOUNS = [...new Set(AUDIT_VERBS.map((verb) => verb.slice(0, verb.indexOf('.'))))];
const OUTCOMES = { done: 'Done', refused: 'Refused' } as const;

/** What narrows the audit; each change is an address of its own. */
export function AuditFilters({
  filter,
  page,
  onChange,
  searchRef,
}: {
  filter: AuditFilter;
  page: AuditPage;
  onChange: (part: Partial<AuditFilter>) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  const actor = page.actors.find((each) => each.actor === filter.actor);
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
      <DayFacet day={filter.day} onChange={(day) => onChange({ day })} />
      <Facet
        label="Verb"
        value={filter.verb && verbWords(filter.verb)}
        onClear={() => onChange({ verb: undefined })}
      >
        <Choice value="!records.*" chosen={filter.verb} onChoose={(verb) => onChange({ verb })}>
          not records.*
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
              >
                <span className="mono">{verb}</span>
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
        {page.actors.map((each) => (
          <Choice
            key={each.actor}
            value={each.actor}
            chosen={filter.actor}
            onChoose={(chosen) => onChange({ actor: chosen })}
            note={each.actor}
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
      <span className="push small mute" role="status">
        {formatOf(page.total, 'entry', 'entries')}
      </span>
    </div>
  );
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
  note?: string;
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
