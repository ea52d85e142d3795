'use client';

import { useId } from 'react';
import { confidenceWords } from '@/lib/intel/rules';

/** One line of text under its label; `choices` are offered while typing. */
export function TextField({
  label,
  value,
  onChange,
  maxLength,
  choices = [],
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  maxLength: number;
  choices?: readonly string[];
}) {
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        value={value}
        maxLength={maxLength}
        list={choices.length > 0 ? `${id}-list` : undefined}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
      {choices.length > 0 && (
        <datalist id={`${id}-list`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </div>
  );
}

/** Several lines of text. */
export function LinesField({
  label,
  value,
  onChange,
  placeholder,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}) {
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="field in-lines"
        value={value}
        maxLength={4000}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

/** One of a few. */
export function SelectField<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="field" value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A whole number from 0 to 100, with its word. */
export function ConfidenceField({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>
        Confidence: <b className="num">{value}</b> of 100, {confidenceWords(value)}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  );
}
