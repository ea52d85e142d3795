'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';

/** A modal panel over the desk. Focus stays inside and goes back to where it was; Esc closes it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  note,
  wide = false,
  children,
  footer,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One grey line under the title: what this does. */
  note?: ReactNode;
  wide?: boolean;
  children: ReactNode;
  /** Buttons, the deciding one last. */
  footer?: ReactNode;
}) {
  const panel = useRef<HTMLDivElement>(null);
  // When one question follows another in the same panel, what held the focus is gone: the panel takes it, or Tab would
  // lead through the page behind.
  useEffect(() => {
    if (open && document.activeElement === document.body) panel.current?.focus();
  });
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content
          ref={panel}
          className={wide ? 'dialog wide' : 'dialog'}
          {...(note === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header>
            <Radix.Title asChild>
              <h2>{title}</h2>
            </Radix.Title>
            <Radix.Close className="btn ghost icon push" aria-label="Close">
              <X className="i" aria-hidden="true" />
            </Radix.Close>
          </header>
          <div className="dialog-body">
            {note !== undefined && (
              <Radix.Description asChild>
                <p className="soft">{note}</p>
              </Radix.Description>
            )}
            {children}
          </div>
          {footer !== undefined && <footer>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
