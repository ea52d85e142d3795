'use client';

import { Popover } from 'radix-ui';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FacetFrame } from '@/components/ui/facet';
import { formatDay } from '@/components/ui/format';
import type { AuditFilter } from '@/lib/audit/filter-schema';
import { rangeWords } from './audit-query';

type Range = Pick<AuditFilter, 'from' | 'to'>;

/** From when to when, UTC: days, or minutes where a time is given too. */
export function TimeFacet({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <FacetFrame
      label="Time"
      value={rangeWords(range, formatDay)}
      onClear={() => onChange({ from: undefined, to: undefined })}
    >
      {(trigger) => (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger asChild>{trigger}</Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className="popover"
              align="start"
              sideOffset={4}
              collisionPadding={8}
              aria-label="Time"
            >
              <RangeForm
                range={range}
                onChange={(next) => {
                  onChange(next);
                  setOpen(false);
                }}
              />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </FacetFrame>
  );
}

const AGO = [
  { label: 'Today', days: 0 },
  { label: '7 days', days: 6 },
  { label: '30 days', days: 29 },
];

function RangeForm({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <form
      className="time-form"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [from, to] = [moment(form, 'from'), moment(form, 'to')];
        // As texts: a day lies before its own minutes, and "to" means its end.
        if (from && to && from.slice(0, to.length) > to) return setProblem('The end lies before the start.');
        onChange({ from, to });
      }}
    >
      <Moment name="from" label="From, UTC" value={range.from} />
      <Moment name="to" label="To the end of, UTC" value={range.to} />
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <p className="time-acts">
        {AGO.map(({ label, days }) => (
          <Button
            key={label}
            className="low"
            onClick={() => onChange({ from: dayBefore(days), to: undefined })}
          >
            {label}
          </Button>
        ))}
        <Button type="submit" variant="primary" className="low push">
          Show
        </Button>
      </p>
    </form>
  );
}

function Moment({ name, label, value = '' }: { name: string; label: string; value?: string }) {
  return (
    <fieldset className="form-row">
      <legend className="label">{label}</legend>
      <span className="time-pair">
        <input
          type="date"
          className="field"
          name={name}
          min="2000-01-01"
          max="2100-12-31"
          defaultValue={value.slice(0, 10)}
          aria-label={`${label}: day`}
        />
        <input
          type="time"
          className="field"
          name={`${name}-time`}
          defaultValue={value.slice(11)}
          aria-label={`${label}: time`}
        />
      </span>
    </fieldset>
  );
}

/** A time without its day is nothing. */
function moment(form: FormData, name: string): string | undefined {
  const day = String(form.get(name) ?? '');
  const time = String(form.get(`${name}-time`) ?? '').slice(0, 5);
  if (day === '') return undefined;
  return time === '' ? day : `${day}T${time}`;
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
