'use client';

import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { ListReport } from '@/lib/enforcement/weigh-schema';

const SHOWN = 12;

/** A pasted list or CSV, and how it was read: what is no account is named, with its line. */
export function ListField({
  value,
  onChange,
  report,
  leaveUnknown,
  onLeaveUnknown,
}: {
  value: string;
  onChange: (value: string) => void;
  report: ListReport | null;
  leaveUnknown: boolean;
  onLeaveUnknown: (leave: boolean) => void;
}) {
  const id = useId();
  const odd = report ? report.unknown.length + report.otherCase.length : 0;
  const mend = () => onChange(rightCase(value, report?.otherCase ?? []));
  return (
    <>
      <div className="p-field">
        <label htmlFor={id} className="label">
          Account ids, one a line, or a CSV with a column “account_id”
        </label>
        <textarea
          id={id}
          className="field p-paste"
          value={value}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
        <span className="small">
          <input
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            aria-label="Read a file"
            onChange={async (event) => {
              const [file] = event.target.files ?? [];
              if (file) onChange(await file.text());
            }}
          />
        </span>
      </div>
      {report && (
        <div className="p-report" aria-live="polite">
          <p className="small">
            <b className="num">{formatCount(report.accounts)}</b> accounts in{' '}
            {formatOf(report.entries, 'entry', 'entries')}
            {report.column && `, from the column “${report.column}”`}
            {report.repeated.length > 0 &&
              `; ${formatCount(report.repeated.length)} named more than once, taken once`}
            {report.trimmed > 0 && `; white space or quotes taken off ${formatCount(report.trimmed)}`}.
          </p>
          {report.otherCase.length > 0 && (
            <div>
              <p className="small">
                {formatOf(report.otherCase.length, 'entry is', 'entries are')} an account in another case:{' '}
                <Button variant="ghost" onClick={mend}>
                  Correct {report.otherCase.length === 1 ? 'it' : 'them'}
                </Button>
              </p>
              <ul>
                {report.otherCase.slice(0, SHOWN).map((entry) => (
                  <li key={`${entry.line} ${entry.text}`} className="small">
                    line {entry.line}: <RawText className="mono">{entry.text}</RawText> for{' '}
                    <RawText className="mono">{entry.accountId}</RawText>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {report.unknown.length > 0 && (
            <div>
              <p className="small">
                {formatOf(report.unknown.length, 'entry is', 'entries are')} no account that Weir knows:
              </p>
              <ul>
                {report.unknown.slice(0, SHOWN).map((entry) => (
                  <li key={`${entry.line} ${entry.text}`} className="small">
                    line {entry.line}: <RawText className="mono">{entry.text.slice(0, 80)}</RawText>
                  </li>
                ))}
              </ul>
              {report.unknown.length > SHOWN && (
                <p className="small mute">and {formatCount(report.unknown.length - SHOWN)} more</p>
              )}
            </div>
          )}
          {odd > 0 && (
            <label className="p-check small">
              <input
                type="checkbox"
                checked={leaveUnknown}
                onChange={(event) => onLeaveUnknown(event.target.checked)}
              />
              <span>
                Leave out the {formatCount(odd)} that {odd === 1 ? 'is' : 'are'} no account; they are kept
                with the proposal
              </span>
            </label>
          )}
        </div>
      )}
    </>
  );
}

/** The text with each named entry in its account's own case; everything else stays as it was pasted. */
function rightCase(text: string, entries: ListReport['otherCase']): string {
  const lines = text.split(/(\r\n|\r|\n)/);
  for (const { line, text: wrong, accountId } of entries) {
    const at = (line - 1) * 2;
    lines[at] = lines[at]?.replace(wrong, () => accountId) ?? '';
  }
  return lines.join('');
}
