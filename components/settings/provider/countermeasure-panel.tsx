'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { RawText } from '@/components/ui/raw-text';
import type { Countermeasure } from '@/lib/enforcement/provider-settings-schema';
import type { SettingValue } from '@/lib/settings/schema';
import { SaveBar } from './save-bar';
import { type ChangeAction, useDraft } from './use-draft';

const MOST = 20;

const COLUMNS = [
  { field: 'id', label: 'Id, for good', most: 40 },
  { field: 'name', label: 'Name', most: 60 },
  { field: 'description', label: 'What it does to an account', most: 300 },
  { field: 'parameter', label: 'What the provider is told', most: 200 },
] as const;

/** Actions that the provider names itself: milder than a ban, carried like one. @param change null for readers */
export function CountermeasurePanel({
  setting,
  change,
}: {
  setting: SettingValue<Countermeasure[]>;
  change: ChangeAction<Countermeasure[]> | null;
}) {
  return (
    <section className="panel" id="countermeasures" aria-labelledby="countermeasures-title">
      <header>
        <h2 id="countermeasures-title">Countermeasures</h2>
        <span className="small mute">what the provider can do besides throttling, verifying and banning</span>
      </header>
      {change ? <Editor setting={setting} change={change} /> : <ReadOnly rows={setting.value} />}
    </section>
  );
}

function Editor({
  setting,
  change,
}: {
  setting: SettingValue<Countermeasure[]>;
  change: ChangeAction<Countermeasure[]>;
}) {
  const draft = useDraft(setting, change, 'Countermeasures');
  const rows = draft.value;
  const edit = (at: number, more: Partial<Countermeasure>) =>
    draft.set(rows.map((row, index) => (index === at ? { ...row, ...more } : row)));
  const kept = new Set(setting.value.map((row) => row.id));
  return (
    <>
      <table className="grid rows-40 plain pv-table">
        <Head actions />
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row that is being typed has no other name
            <tr key={index}>
              {COLUMNS.map(({ field, label, most }) => (
                <td key={field}>
                  <input
                    className={field === 'id' || field === 'parameter' ? 'field mono' : 'field'}
                    aria-label={`${label}, row ${index + 1}`}
                    value={row[field]}
                    maxLength={most}
                    spellCheck={field === 'description'}
                    readOnly={field === 'id' && kept.has(row.id) && setting.value[index]?.id === row.id}
                    onChange={(event) => edit(index, { [field]: event.target.value })}
                  />
                </td>
              ))}
              <td className="num">
                <Button
                  variant="ghost"
                  icon
                  aria-label={`Remove ${row.name || `row ${index + 1}`}`}
                  onClick={() => draft.set(rows.filter((_, at) => at !== index))}
                >
                  <X className="i" aria-hidden="true" />
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="body soft">None. Proposals offer Weir’s own actions only.</p>}
      <div className="body pv-form">
        <div className="pv-row">
          <Button
            disabled={rows.length >= MOST}
            onClick={() => draft.set([...rows, { id: '', name: '', description: '', parameter: '' }])}
          >
            <Plus className="i" aria-hidden="true" />
            Add one
          </Button>
        </div>
        <SaveBar
          draft={draft}
          price="One that is removed stays in force where it is, can be lifted, and is refused to proposals that wait."
        />
      </div>
    </>
  );
}

function ReadOnly({ rows }: { rows: Countermeasure[] }) {
  if (rows.length === 0) return <p className="body soft">None. Proposals offer Weir’s own actions only.</p>;
  return (
    <table className="grid rows-32 plain pv-table">
      <Head />
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {COLUMNS.map(({ field }) => (
              <td key={field} className={field === 'id' || field === 'parameter' ? 'mono' : undefined}>
                <RawText>{row[field]}</RawText>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ actions = false }: { actions?: boolean }) {
  return (
    <thead>
      <tr>
        {COLUMNS.map(({ field, label }) => (
          <th key={field} scope="col">
            {label}
          </th>
        ))}
        {actions && (
          <th scope="col">
            <span className="vh">Actions</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
