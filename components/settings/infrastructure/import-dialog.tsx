'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount, formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { useAct } from '@/components/ui/use-act';
import { HELD_REASONS, type HeldReason, type ImportReport, LIST_TYPES } from '@/lib/infrastructure/schema';
import type { ListActions } from './infrastructure-view';

const OTHER = 'other';
const BAD_SHOWN = 12;

/** Pastes or reads a list; afterwards says line by line what was not taken and what is held. */
export function ImportDialog({ run: action, onClose }: { run: ListActions['import']; onClose: () => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [type, setType] = useState<string>('vpn');
  const [other, setOther] = useState('');
  const [source, setSource] = useState('');
  const [until, setUntil] = useState('');
  const [text, setText] = useState('');
  const [report, setReport] = useState<ImportReport | null>(null);
  const { run, busy, problem } = useAct(action);
  const ready = [name, source, until, text, type === OTHER ? other : type].every(
    (each) => each.trim() !== '',
  );
  const submit = async () => {
    const done = await run({ name, type: type === OTHER ? other : type, source, until, text });
    if (done) setReport(done.value);
  };
  if (report) return <Report report={report} onClose={onClose} />;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title="Import a list"
      note="It takes the place of the list of the same name, and counts from the next run on until its day. A bad line never stops the rest."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void submit()}>
            {busy ? 'Importing…' : 'Import'}
          </Button>
        </>
      }
    >
      <div className="s-form">
        <div className="n-fields">
          <Field id={`${id} name`} label="Name" value={name} onChange={setName} max={80} />
          <div className="form-row">
            <label htmlFor={`${id} type`} className="label">
              Type
            </label>
            <select
              id={`${id} type`}
              className="field"
              value={type}
              onChange={(event) => setType(event.target.value)}
            >
              {Object.entries(LIST_TYPES).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
              <option value={OTHER}>Another…</option>
            </select>
          </div>
          {type === OTHER && (
            <Field id={`${id} other`} label="Which type" value={other} onChange={setOther} max={40} />
          )}
          <div className="form-row">
            <label htmlFor={`${id} until`} className="label">
              Last day (UTC)
            </label>
            <input
              id={`${id} until`}
              className="field"
              type="date"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          </div>
        </div>
        <Field
          id={`${id} source`}
          label="Where it comes from"
          value={source}
          onChange={setSource}
          max={300}
        />
        <div className="form-row">
          <label htmlFor={`${id} text`} className="label">
            Networks (203.0.113.0/24), addresses, or “kind,value”, one a line
          </label>
          <textarea
            id={`${id} text`}
            className="field mono n-paste"
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
          <input
            type="file"
            className="small"
            accept=".txt,.csv,.list,.netset,text/plain,text/csv"
            aria-label="Read a file"
            onChange={async (event) => {
              const [file] = event.target.files ?? [];
              if (file) setText(await file.text());
            }}
          />
        </div>
        <ProblemNote problem={problem} />
      </div>
    </Dialog>
  );
}

function Field({
  id,
  label,
  value,
  onChange,
  max,
}: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  max: number;
}) {
  return (
    <div className="form-row">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <input
        id={id}
        className="field"
        value={value}
        maxLength={max}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function Report({ report, onClose }: { report: ImportReport; onClose: () => void }) {
  const held = (Object.keys(report.held) as HeldReason[]).filter((each) => report.held[each] > 0);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          <RawText>{report.name}</RawText> is imported
        </>
      }
      note={
        report.replaced === null
          ? 'It counts from the next run on.'
          : 'It counts from the next run on, in place of the list it had before.'
      }
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="s-form" aria-live="polite">
        <p>
          <b>{formatCount(report.taken)}</b> of {formatOf(report.lines, 'line')} taken
          {report.repeated > 0 && `, ${formatCount(report.repeated)} said again what an earlier one said`}.
        </p>
        {held.map((each) => (
          <p key={each}>
            {formatOf(report.held[each], 'entry', 'entries')} held: {HELD_REASONS[each]}.{' '}
            <span className="mute">Decide about them in the list.</span>
          </p>
        ))}
        {report.badLines > 0 && (
          <div className="n-bad">
            <p>{formatOf(report.badLines, 'line')} could not be taken:</p>
            <ol>
              {report.bad.slice(0, BAD_SHOWN).map((each) => (
                <li key={each.line} className="small">
                  <span className="mute">line {formatCount(each.line)}:</span>{' '}
                  <RawText>{each.reason}</RawText>
                </li>
              ))}
            </ol>
            {report.badLines > BAD_SHOWN && (
              <p className="small mute">
                and {formatCount(report.badLines - BAD_SHOWN)} more, kept with the list
              </p>
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}
