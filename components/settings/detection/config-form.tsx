'use client';

import { Button } from '@/components/ui/button';
import { formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { RequestBacktestInput } from '@/lib/clusters/backtest-schema';
import { type ConfigField, configGroups } from '@/lib/clusters/detection-settings-schema';
import { detectionKind } from '@/lib/detection/kinds';
import { type DetectionConfig, defaultConfig } from '@/lib/detection/schema';
import type { ActionResult } from '@/lib/errors';
import type { SettingValue } from '@/lib/settings/schema';
import { changeOf, type Draft, plain, problemOf, weightKey, weightOf } from './draft';

export type RequestBacktest = (input: RequestBacktestInput) => Promise<ActionResult<{ id: number }>>;

interface Line {
  key: string;
  title: string;
  description: string;
  shipped: number;
  current: number;
  range: Pick<ConfigField, 'min' | 'max' | 'whole'>;
}

const WEIGHT = { min: 0, max: 1, whole: false };

/** Every figure with the shipped one and the one in force beside it. Nothing is changed here: a change is tried. */
export function ConfigForm({
  setting,
  kinds,
  draft,
  setDraft,
  request,
  blocked,
}: {
  setting: SettingValue<DetectionConfig>;
  kinds: string[];
  draft: Draft;
  setDraft: (draft: Draft) => void;
  request: RequestBacktest | null;
  /** A backtest is on its way. */
  blocked: boolean;
}) {
  const { run, busy, problem } = useAct(request ?? refuseAll);
  const groups = linesOf(setting.value, kinds);
  const lines = groups.flatMap((group) => group.lines);
  const wrong = lines.filter(({ key, range }) => key in draft && problemOf(draft[key] ?? '', range) !== null);
  const change = changeOf(draft, setting.value);
  const changed = lines.filter(({ key, current }) => key in draft && Number(draft[key]) !== current).length;
  const ready = changed > 0 && wrong.length === 0;
  const submit = async () => {
    if (ready && (await run({ change, version: setting.version }))) setDraft({});
  };
  return (
    <section className="panel" aria-labelledby="config-title">
      <header>
        <h2 id="config-title">Weights and thresholds</h2>
        <span className="small mute">
          {setting.version === 0 ? 'in force: as Weir ships them' : `in force: version ${setting.version}`}
        </span>
      </header>
      {request === null && (
        <p className="body soft d-ask">Only administrators change detection. Ask one of them.</p>
      )}
      <table className="grid rows-40 plain d-config">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" className="num">
              Range
            </th>
            <th scope="col" className="num">
              Shipped
            </th>
            <th scope="col" className="num">
              In force
            </th>
            {request && (
              <th scope="col" className="num">
                Try
              </th>
            )}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.title}>
            <tr className="d-group">
              <th scope="rowgroup" colSpan={request ? 5 : 4}>
                {group.title}
              </th>
            </tr>
            {group.lines.map((line) => (
              <Figure
                key={line.key}
                line={line}
                text={draft[line.key]}
                onChange={request && ((text) => setDraft(withText(draft, line, text)))}
              />
            ))}
          </tbody>
        ))}
      </table>
      {request && (
        <div className="d-foot">
          <div className="d-row">
            <Button variant="primary" busy={busy} disabled={!ready || blocked} onClick={() => void submit()}>
              Run backtest
            </Button>
            <Button variant="ghost" disabled={Object.keys(draft).length === 0} onClick={() => setDraft({})}>
              Put back
            </Button>
            <span className="small soft" role="status">
              {footWords(changed, wrong.length, blocked)}
            </span>
          </div>
          <ProblemNote problem={problem} />
        </div>
      )}
    </section>
  );
}

function footWords(changed: number, wrong: number, blocked: boolean): string {
  if (wrong > 0) return `${formatOf(wrong, 'figure')} outside ${wrong === 1 ? 'its' : 'their'} range`;
  if (changed === 0)
    return 'A change is tried on what is stored first. Nothing is applied until you adopt it.';
  if (blocked)
    return `${formatOf(changed, 'figure')} changed; a backtest is running, wait for it or discard it`;
  return `${formatOf(changed, 'figure')} changed; the queue stays as it is`;
}

function Figure({
  line,
  text,
  onChange,
}: {
  line: Line;
  text: string | undefined;
  onChange: ((text: string) => void) | null;
}) {
  const { key, title, description, shipped, current, range } = line;
  const problem = text === undefined ? null : problemOf(text, range);
  const changed = text !== undefined && problem === null && Number(text) !== current;
  return (
    <tr data-changed={changed || undefined}>
      <td>
        <label className="d-name" htmlFor={`d ${key}`}>
          <span className="strong">{title}</span>
          {description !== '' && (
            <span className="small mute clip" title={description}>
              {description}
            </span>
          )}
        </label>
      </td>
      <td className="num mute small">
        {plain(range.min)} to {plain(range.max)}
      </td>
      <td className="num soft">{plain(shipped)}</td>
      <td className="num">{current === shipped ? plain(current) : <b>{plain(current)}</b>}</td>
      {onChange && (
        <td className="num">
          <span className="d-field">
            {problem !== null && (
              <span className="small d-wrong" id={`d ${key} problem`}>
                {problem}
              </span>
            )}
            <input
              id={`d ${key}`}
              className="field num"
              inputMode="decimal"
              value={text ?? plain(current)}
              aria-invalid={problem !== null}
              aria-describedby={problem === null ? undefined : `d ${key} problem`}
              onChange={(event) => onChange(event.target.value)}
            />
          </span>
        </td>
      )}
    </tr>
  );
}

/** What is typed back to what is in force is no change. */
function withText(draft: Draft, { key, current }: Line, text: string): Draft {
  const { [key]: _, ...others } = draft;
  return text === plain(current) ? others : { ...others, [key]: text };
}

function linesOf(current: DetectionConfig, kinds: string[]): { title: string; lines: Line[] }[] {
  const weights = kinds.map((kind) => {
    const { label, lambda } = detectionKind(kind);
    return {
      key: weightKey(kind),
      title: label,
      description: '',
      shipped: lambda,
      current: weightOf(current, kind),
      range: WEIGHT,
    };
  });
  const figures = configGroups().map(({ title, fields }) => ({
    title,
    lines: fields.map((field) => ({
      key: field.field,
      title: field.title,
      description: field.description,
      shipped: defaultConfig[field.field],
      current: current[field.field],
      range: field,
    })),
  }));
  return weights.length > 0
    ? [
        {
          title:
            'Weights of kinds: how much one shared value says; from 0.5 on the kind links accounts by itself',
          lines: weights,
        },
        ...figures,
      ]
    : figures;
}

async function refuseAll(): Promise<ActionResult<{ id: number }>> {
  return { ok: false, code: 'forbidden', message: 'Only administrators change detection.' };
}
