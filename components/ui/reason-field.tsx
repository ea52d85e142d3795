'use client';

import { type RefObject, useId } from 'react';

/** The reason that goes into the audit. Ctrl or ⌘ with Enter submits. */
export function ReasonField({
  value,
  onChange,
  onSubmit,
  autoFocus = false,
  placeholder,
  fieldRef,
}: {
  value: string;
  onChange: (value: string) => void;
  onSubmit?: () => void;
  autoFocus?: boolean;
  placeholder?: string;
  fieldRef?: RefObject<HTMLTextAreaElement | null>;
}) {
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id} className="label">
        Reason, required
      </label>
      <textarea
        id={id}
        ref={fieldRef}
        className="field"
        value={value}
        maxLength={2000}
        required
        placeholder={placeholder}
        // biome-ignore lint/a11y/noAutofocus: it is the first thing asked in a dialog that the reader just opened
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onSubmit?.();
        }}
      />
    </div>
  );
}
