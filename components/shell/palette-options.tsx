'use client';

import { type ReactNode, useEffect, useRef } from 'react';

export interface PaletteOption {
  /** Tells it from all others. */
  key: string;
  /** Where it leads; absent for what is done on the spot. */
  href?: string;
  run?: () => void;
  body: ReactNode;
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
  onPoint: (key: string) => void;
  onGo: (option: PaletteOption) => void;
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
                key={option.key}
                id={`${listId}-${number}`}
                className="palette-item"
                role="option"
                aria-selected={number === at}
                tabIndex={-1}
                onMouseMove={() => onPoint(option.key)}
                onClick={() => onGo(option)}
              >
                {option.body}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
