'use client';

import { ChevronDown, X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Menu } from './menu';

interface FacetProps {
  label: string;
  /** What it is set to; undefined draws it dashed. */
  value?: string;
  /** Absent for one that is always set. */
  onClear?: () => void;
  /** Stays on a narrow screen while it is free. */
  narrow?: boolean;
}

/** One filter of a list: solid when set, dashed when free; its choices in a menu. */
export function Facet({ children, ...facet }: FacetProps & { children: ReactNode }) {
  return (
    <FacetFrame {...facet}>
      {(trigger) => (
        <Menu label={facet.label} trigger={trigger}>
          {children}
        </Menu>
      )}
    </FacetFrame>
  );
}

/** The frame alone, for choices that are no menu: `children` puts its own panel under the trigger. */
export function FacetFrame({
  label,
  value,
  onClear,
  narrow = true,
  children,
}: FacetProps & { children: (trigger: ReactElement) => ReactNode }) {
  if (value === undefined) {
    return children(
      <button type="button" className={narrow ? 'facet' : 'facet c-w'}>
        {label} <ChevronDown className="i" aria-hidden="true" />
      </button>,
    );
  }
  return (
    <span className={onClear ? 'facet on' : 'facet on fixed'}>
      {children(
        <button type="button" title={`${label} ${value}`}>
          {label} <b className="clip">{value}</b>
        </button>,
      )}
      {onClear && (
        <button type="button" className="x" aria-label={`Remove “${label} ${value}”`} onClick={onClear}>
          <X className="i" aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
