'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** A menu under its trigger (one focusable element). */
export function Menu({
  trigger,
  label,
  align = 'start',
  side = 'bottom',
  children,
}: {
  trigger: ReactNode;
  /** What the list holds, for those who hear it. */
  label: string;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  children: ReactNode;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="menu"
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  onSelect,
  disabled,
  note,
  children,
}: {
  onSelect: () => void;
  disabled?: boolean;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Radix.Item className="menu-item" disabled={disabled} onSelect={onSelect}>
      {children}
      {note !== undefined && <span className="push mute small">{note}</span>}
    </Radix.Item>
  );
}

/** An item with a tick. `stay` keeps the menu open, so that several can be chosen. */
export function MenuCheck({
  checked,
  onCheckedChange,
  stay = false,
  note,
  children,
}: {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  stay?: boolean;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Radix.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => stay && event.preventDefault()}
    >
      <span className="menu-tick">
        <Radix.ItemIndicator>
          <Check className="i i-s" aria-hidden="true" />
        </Radix.ItemIndicator>
      </span>
      {children}
      {note !== undefined && <span className="push mute small">{note}</span>}
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="menu-label">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="menu-line" />;
}
