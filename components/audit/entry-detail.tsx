'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatCount, formatMoment, showInvisible } from '@/components/ui/format';
import { toast } from '@/components/ui/toast';
import type { AuditLine } from '@/lib/audit/filter-schema';
import type { AuditRow } from '@/lib/audit/schema';
import { verbLabel } from '@/lib/audit/verb-words';
import { aboutHref, auditHref, hasStory, objectHref } from './audit-query';
import { buildDiff } from './build-diff';
import { DiffTable } from './diff-table';
import { LongText } from './long-text';
import { valueLines } from './summarize';

/** What an entry says beyond its line: the change, the reason, the rest, and where to go on. */
export function EntryDetail({ row: line }: { row: AuditLine }) {
  const read = useQuery({
    queryKey: ['audit entry', line.id],
    queryFn: ({ signal }) => readJson<AuditRow>(`/api/audit/entries/${line.id}`, signal),
    placeholderData: line,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const row: AuditRow = read.data ?? line;
  const failure: Error | null = read.error;
  const diff = buildDiff(row.before, row.after);
  const detail = Object.entries(row.detail ?? {});
  return (
    <div className="ex">
      {diff.length > 0 && (
        <DiffTable lines={diff} sides={{ before: row.before !== null, after: row.after !== null }} />
      )}
      <dl>
        {row.reason && (
          <div className="whole">
            <dt>{row.outcome === 'refused' ? 'Because' : 'Said'}</dt>
            <dd className="said">
              <LongText text={row.reason} lines />
            </dd>
          </div>
        )}
        <div>
          <dt>What</dt>
          <dd>
            {row.outcome === 'refused' ? 'Refused' : verbLabel(row.verb)}{' '}
            <span className="mono mute">{row.verb}</span>
          </dd>
        </div>
        <div>
          <dt>When</dt>
          <dd title={row.at}>{formatMoment(row.at)}</dd>
        </div>
        <div>
          <dt>Actor</dt>
          <dd className="mono">{showInvisible(row.actor)}</dd>
        </div>
        <div>
          <dt>In the log</dt>
          <dd>{row.index === null ? 'not yet: within seconds' : `entry ${formatCount(row.index)}`}</dd>
        </div>
        {row.leaf && (
          <div className="whole">
            <dt>Leaf</dt>
            <dd className="mono">{row.leaf}</dd>
          </div>
        )}
        {detail.map(([field, value]) => (
          <div key={field}>
            <dt>{showInvisible(field.replaceAll('_', ' '))}</dt>
            <dd className="mono">
              <Value value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {line.shortened && (read.isPlaceholderData || failure) && (
        <p className="small mute" role={failure ? 'alert' : undefined}>
          {failure ? `The rest of the entry did not arrive: ${failure.message}` : 'The rest is on its way.'}
        </p>
      )}
      <Ways row={row} />
    </div>
  );
}

function Ways({ row }: { row: AuditRow }) {
  const page = objectHref(row);
  const name = showInvisible(row.objectId);
  return (
    <div className="exa">
      {page && (
        <Link className="btn low" href={page}>
          Open {name}
        </Link>
      )}
      <Link
        className="btn low"
        href={
          hasStory(row.objectType)
            ? aboutHref(row.objectType, row.objectId)
            : auditHref({ object: `${row.objectType}:${row.objectId}` })
        }
      >
        Everything of {name}
      </Link>
      <Link className="btn low" href={auditHref({ actor: row.actor })}>
        Everything by {showInvisible(row.actorName)}
      </Link>
      {row.index !== null && (
        <a className="btn low" href={`/api/audit/entries/${row.id}/proof`} download>
          Inclusion proof
        </a>
      )}
      <Button className="low" onClick={() => void copy(row)}>
        Copy JSON
      </Button>
    </div>
  );
}

/** Long lists scroll in their own place. */
function Value({ value }: { value: unknown }) {
  const lines = valueLines(value);
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return <LongText text={only} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reachable by keyboard
    <ul className="ex-list" tabIndex={0}>
      {lines.map((line, index) => (
        // Lines of a list that never changes; two may be equal.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>{showInvisible(line)}</li>
      ))}
    </ul>
  );
}

async function copy(row: AuditRow): Promise<void> {
  try {
    await navigator.clipboard.writeText(JSON.stringify(row, null, 2));
    toast.success(`Entry ${row.id} copied`);
  } catch {
    toast.error('The browser did not allow copying. Weir has to be opened over https or on this machine.');
  }
}
