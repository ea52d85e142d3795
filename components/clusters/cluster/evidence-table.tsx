'use client';

import { ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import { formatCount, formatExpected, formatOf, formatPoints, formatScore } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { HIDDEN } from '@/lib/clusters/rules';
import type { ClusterDetail, EvidenceRow } from '@/lib/clusters/schema';
import { severityOf } from '@/lib/detection/severity';
import { KindIcon, kindLabel } from '../kind-icon';
import { SEVERITY_LABELS } from '../severity-mark';
import { EvidenceValues } from './evidence-values';
import { LeaveOut, WithoutNote } from './leave-out';
import { useMemberQuery } from './use-member-query';

const BAR = 88;
const POINTS = 56;
/** "57 of 60 ": members stand in their own column. */
const COUNTS_AHEAD = /^[\d,]+ of [\d,]+ /;

/** Why these accounts are held together: a row a kind, each against chance; the points add up to the score. */
export function EvidenceTable({ cluster }: { cluster: ClusterDetail }) {
  const { allEvidence, accounts, score } = cluster;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [query, change] = useMemberQuery();
  const left = allEvidence.find((row) => row.kind === query.without);
  const leaveOut = (kind: string | undefined) => change({ without: kind });
  const most = Math.max(...allEvidence.map((row) => Math.abs(row.points)), 1);
  const toggle = (kind: string) => {
    const next = new Set(open);
    if (!next.delete(kind)) next.add(kind);
    setOpen(next);
  };
  return (
    <section className="sec" id="evidence" aria-labelledby="evidence-title">
      <header>
        <h2 id="evidence-title">Evidence</h2>
        <span className="small mute">
          Points add up to the score; ten more are ten times the odds.{' '}
          <span className="cl-wide-note">The tick marks what chance gives.</span>
        </span>
        <span className="push" />
        <LeaveOut rows={allEvidence} chosen={left?.kind} onChoose={leaveOut} />
      </header>
      {left && <WithoutNote cluster={cluster} row={left} />}
      <table className="grid rows-28 cl-ev">
        <thead>
          <tr>
            <th scope="col" className="num">
              #
            </th>
            <th scope="col">Kind</th>
            <th scope="col">Strongest value</th>
            <th scope="col" className="num">
              Members
            </th>
            <th scope="col" className="cl-wide">
              of {formatCount(accounts)}
            </th>
            <th scope="col" className="num">
              Population
            </th>
            <th scope="col" className="num">
              Expected
            </th>
            <th scope="col" className="num">
              Points
            </th>
            <th scope="col" className="num cl-last">
              Without it
            </th>
          </tr>
        </thead>
        <tbody>
          {allEvidence.map((row, index) => {
            const shown = open.has(row.kind);
            return (
              <Fragment key={row.kind}>
                <tr className={row.kind === left?.kind ? 'cl-left-out' : undefined}>
                  <td className="num mute">{index + 1}</td>
                  <td>
                    <button
                      type="button"
                      className="cl-kind"
                      aria-expanded={shown}
                      onClick={() => toggle(row.kind)}
                    >
                      <KindIcon kind={row.kind} />
                      <span className="clip">{kindLabel(row.kind)}</span>
                      <ChevronRight className="i" aria-hidden="true" />
                    </button>
                  </td>
                  <td className="cl-value">
                    <StrongestValue row={row} onOpen={() => toggle(row.kind)} />
                  </td>
                  <td className="num">{formatCount(row.members)}</td>
                  <td className="cl-wide">
                    <ChanceBar members={row.members} expected={row.expected} accounts={accounts} />
                  </td>
                  <td className="num soft">{formatCount(row.population)}</td>
                  <td className="num soft">{formatExpected(row.expected)}</td>
                  <td className="num">
                    <span className="cl-points" data-against={row.points < 0 || undefined} aria-hidden="true">
                      <i style={{ width: Math.max(1, Math.round((Math.abs(row.points) / most) * POINTS)) }} />
                    </span>
                    <b>{formatPoints(row.points)}</b>
                  </td>
                  <td className="num soft cl-last">{formatScore(row.scoreWithout)}</td>
                </tr>
                {shown && (
                  <tr className="cl-values-row">
                    <td />
                    <td colSpan={8}>
                      <EvidenceValues row={row} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <td colSpan={6} className="soft">
              {footer(cluster)}
            </td>
            <td className="num">
              <b>{formatScore(score)}</b>
            </td>
            <td className="cl-last" />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function StrongestValue({ row, onOpen }: { row: EvidenceRow; onOpen: () => void }) {
  const first = row.values[0];
  if (!first)
    return (
      <span className="soft clip cl-said-so" title={row.detail ?? undefined}>
        {row.detail?.replace(COUNTS_AHEAD, '') ?? '–'}
      </span>
    );
  if (first.value === HIDDEN)
    return <span className="mute">{formatOf(row.valueCount, 'value')}, hidden</span>;
  const more = row.valueCount - 1;
  return (
    <button type="button" className="link cl-strongest" onClick={onOpen}>
      <RawText className="mono">{first.value}</RawText>
      {more > 0 && <span className="mono">+{formatCount(more)}</span>}
    </button>
  );
}

/** The share of the accounts; the tick is what chance would give. */
function ChanceBar({ members, expected, accounts }: { members: number; expected: number; accounts: number }) {
  const share = (count: number) => Math.min(100, (count / Math.max(accounts, 1)) * 100);
  return (
    <span
      className="meter"
      style={{ width: BAR }}
      title={`${formatCount(members)} of ${formatCount(accounts)}; chance would give ${formatExpected(expected)}`}
    >
      <i style={{ width: `${share(members)}%` }} />
      <u style={{ left: `${Math.max(0.5, share(expected))}%` }} />
    </span>
  );
}

/** What the score means, and what is left of it without its strongest pillar. */
function footer({ score, allEvidence }: ClusterDetail): string {
  const word = SEVERITY_LABELS[severityOf(score)].toLowerCase();
  const least = [...allEvidence].sort((a, b) => a.scoreWithout - b.scoreWithout)[0];
  const scale = `Sum: ${word} (critical from 30, high from 20, medium from 12).`;
  if (!least || allEvidence.length < 2) return scale;
  const left =
    severityOf(least.scoreWithout) === severityOf(score)
      ? `still ${word}`
      : SEVERITY_LABELS[severityOf(least.scoreWithout)].toLowerCase();
  return `${scale} Without any one kind it is ${formatScore(least.scoreWithout)} or more, ${left}.`;
}
