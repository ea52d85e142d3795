'use client';

import { Popover } from 'radix-ui';
import { useState } from 'react';
import { FacetFrame } from '@/components/ui/facet';
import { formatDay } from '@/components/ui/format';

/** One UTC day. */
export function DayFacet({ day, onChange }: { day?: string; onChange: (day: string | undefined) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <FacetFrame label="Day" value={day && formatDay(day)} onClear={() => onChange(undefined)}>
      {(trigger) => (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger asChild>{trigger}</Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className="popover"
              align="start"
              sideOffset={4}
              collisionPadding={8}
              aria-label="Day"
            >
              <label className="form-row">
                <span className="label">Day, UTC</span>
                <input
                  type="date"
                  className="field"
                  defaultValue={day}
                  onChange={(event) => {
                    // A date that is still being typed has no value yet.
                    if (event.target.value) onChange(event.target.value);
                  }}
                  onKeyDown={(event) => event.key === 'Enter' && setOpen(false)}
                />
              </label>
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </FacetFrame>
  );
}
