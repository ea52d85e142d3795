import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount, formatMoment, formatOf, formatPercent } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { RunDetail, SuppressedGroup } from '@/lib/clusters/suppressed-schema';
import { RHYTHM_KIND } from '@/lib/detection/kinds';
import { KindIcon, kindLabel } from '../kind-icon';

const REASONS: Record<string, string> = {
  popular: 'held by too many strangers',
  muted: 'in the pattern of a dismissal',
  one_entity: 'only inside one verified organization',
};

/** Quarters of an hour are no values that anybody holds. */
const CROWDED = 'quarters of an hour into which strangers crowd';

/** What a run left out of linking: by kind and reason, each with its most widely held values. */
export function SuppressedTable({ run }: { run: RunDetail }) {
  if (run.suppressed.length === 0)
    return (
      <p className="dt-none soft">Nothing was left out: every value that accounts share may link them.</p>
    );
  return (
    <table className="grid rows-32 dt-table">
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Why</th>
          <th scope="col" className="num">
            Values
          </th>
          <th scope="col">Most widely held, and by how many accounts</th>
        </tr>
      </thead>
      <tbody>
        {run.suppressed.map((group) => (
          <tr key={`${group.kind} ${group.reason} ${group.source}`}>
            <td>
              <span className="kind">
                <KindIcon kind={group.kind} />
                {kindLabel(group.kind)}
              </span>
            </td>
            <td>
              <Why group={group} />
            </td>
            <td className="num">
              <b>{formatCount(group.values)}</b>
            </td>
            <td>
              <Values group={group} accounts={run.accounts} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Why({ group }: { group: SuppressedGroup }): ReactNode {
  if (group.reason === 'listed')
    return (
      <>
        on the list{' '}
        <Link className="link" href="/settings/infrastructure" prefetch={false}>
          {group.source === null ? 'of shared infrastructure' : <RawText>{group.source}</RawText>}
        </Link>
      </>
    );
  if (group.kind === RHYTHM_KIND && group.reason === 'popular') return CROWDED;
  return REASONS[group.reason] ?? group.reason.replaceAll('_', ' ');
}

function Values({ group, accounts }: { group: SuppressedGroup; accounts: number }) {
  const [first] = group.strongest;
  if (!first) return <span className="mute">counted only</span>;
  if (first.value === null)
    return (
      <span className="mute">hidden; the commonest is held by {formatOf(first.population, 'account')}</span>
    );
  return (
    <details>
      <summary>
        <Value kind={group.kind} value={first.value} />
        <span className="mute">
          {formatCount(first.population)}
          {group.values > 1 && ` and ${formatOf(group.values - 1, 'more value')}`}
        </span>
      </summary>
      <ul className="dt-values">
        {group.strongest.map((value) => (
          <li key={value.id}>
            <span className="dt-held">
              <Value kind={group.kind} value={value.value ?? ''} />
              {value.organization !== null && (
                <Link
                  className="link small"
                  href={`/accounts?q=${encodeURIComponent(value.organization)}`}
                  prefetch={false}
                >
                  <RawText>{value.organization}</RawText>
                </Link>
              )}
            </span>
            <span className="num">{formatCount(value.population)}</span>
            <span className="num mute">{formatPercent(value.population / Math.max(1, accounts))}</span>
          </li>
        ))}
        {group.values > group.strongest.length && (
          <li className="mute">
            The {group.strongest.length} most widely held of {formatCount(group.values)}
          </li>
        )}
      </ul>
    </details>
  );
}

function Value({ kind, value }: { kind: string; value: string }) {
  return kind === RHYTHM_KIND ? (
    <span className="mono">{formatMoment(value)}</span>
  ) : (
    <RawText className="mono clip">{value}</RawText>
  );
}
