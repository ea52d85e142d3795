'use client';

import { useEffect, useRef } from 'react';
import { SeverityMark } from '@/components/clusters/severity-mark';
import { StateMark } from '@/components/clusters/state-mark';
import { formatOf } from '@/components/ui/format';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterRow } from '@/lib/clusters/schema';
import type { DeskPage } from './desk-pages';

interface PaletteOption {
  href: string;
  /** One of the two says what it is. */
  cluster?: ClusterRow;
  page?: DeskPage;
}

export interface PaletteGroup {
  label: string;
  options: PaletteOption[];
}

/** The list under the palette's field; option number n has the id `listId-n`. */
export function PaletteOptions({
  listId,
  groups,
  at,
  onPoint,
  onGo,
}: {
  listId: string;
  groups: PaletteGroup[];
  /** Number of the option that Enter would open, counted over all groups. */
  at: number;
  onPoint: (href: string) => void;
  onGo: (href: string) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${listId}-${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, at]);
  let number = -1;
  return (
    <div className="palette-list" id={listId} role="listbox" aria-label="Found" ref={list} tabIndex={-1}>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand inside a listbox
        <div key={group.label} role="group" aria-label={group.label}>
          <p className="palette-head" aria-hidden="true">
            {group.label}
          </p>
          {group.options.map((option) => {
            number++;
            return (
              // The field above keeps the focus and has the keys.
              // biome-ignore lint/a11y/useKeyWithClickEvents: see above
              <div
                key={option.href}
                id={`${listId}-${number}`}
                className="palette-item"
                role="option"
                aria-selected={number === at}
                tabIndex={-1}
                onMouseMove={() => onPoint(option.href)}
                onClick={() => onGo(option.href)}
              >
                {option.cluster && <ClusterOption row={option.cluster} />}
                {option.page && <PageOption page={option.page} />}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function ClusterOption({ row }: { row: ClusterRow }) {
  return (
    <>
      <SeverityMark score={row.score} />
      <span>{row.name}</span>
      <span className="mute">{clusterRef(row.id)}</span>
      <span className="push small mute">{formatOf(row.accounts, 'account')}</span>
      <StateMark status={row.status} reopenedCause={row.reopenedCause} />
    </>
  );
}

function PageOption({ page: { label, icon: Icon } }: { page: DeskPage }) {
  return (
    <>
      <Icon className="i" aria-hidden="true" />
      {label}
    </>
  );
}
