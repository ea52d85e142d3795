import {
  formatCount,
  formatExpected,
  formatOf,
  formatPoints,
  formatScore,
  showInvisible,
} from '@/components/ui/format';
import type { ClusterDetail, ClusterRow, EvidenceRow } from '@/lib/clusters/schema';
import { KindIcon, kindLabel, kindShort } from '../kind-icon';

const SHOWN = 5;
/** Plain lines where evidence is still to come. */
const WAITING = ['third', 'fourth', 'fifth', 'sixth', 'seventh'];

/** The five strongest kinds; the lines keep their place while the details are on their way. */
export function PreviewEvidence({
  row,
  known,
  problem,
}: {
  row: ClusterRow;
  known: ClusterDetail | undefined;
  problem: string | null;
}) {
  const lines = Math.min(SHOWN, row.evidence.length + row.moreEvidence);
  const rows: (ClusterRow['evidence'][number] & Partial<EvidenceRow>)[] = known?.allEvidence ?? row.evidence;
  return (
    <section>
      <h2>
        Evidence <span className="label push">members/population · points</span>
      </h2>
      <ul className="pe">
        {rows.slice(0, lines).map((evidence) => (
          <Line key={evidence.kind} evidence={evidence} />
        ))}
        {WAITING.slice(0, Math.max(0, lines - rows.length)).map((line) => (
          <li key={line}>
            <span />
            <i className="pe-wait" />
          </li>
        ))}
      </ul>
      <p className="small mute pe-foot">{problem ?? (known ? summary(known) : '…')}</p>
    </section>
  );
}

function Line({ evidence }: { evidence: ClusterRow['evidence'][number] & Partial<EvidenceRow> }) {
  const { kind, members, population, expected, points, values, valueCount } = evidence;
  const first = values?.[0]?.value;
  const more = (valueCount ?? 0) - 1;
  return (
    <li title={`${kindLabel(kind)}: chance would give ${formatExpected(expected)} members`}>
      <KindIcon kind={kind} />
      <span className="pe-what">
        <span>{kindShort(kind)}</span>
        {first && <bdi className="mono mute clip">{showInvisible(first)}</bdi>}
        {more > 0 && <span className="small mute">+{formatCount(more)}</span>}
      </span>
      <span className="num">
        <b>{formatCount(members)}</b>
        <span className="mute">/{formatCount(population)}</span>
      </span>
      <b className="num">{formatPoints(points).replace('+', '')}</b>
    </li>
  );
}

/** "4 more add 7.2. Without any one kind: 31.8 or more." */
function summary({ allEvidence, retentionAlone }: ClusterDetail): string {
  const rest = allEvidence.slice(SHOWN);
  const added = rest.reduce((sum, each) => sum + each.points, 0);
  const parts: string[] = [];
  if (rest.length > 0)
    parts.push(
      `${formatOf(rest.length, 'more kind')} ${rest.length === 1 ? 'adds' : 'add'} ${added < 0.05 ? 'nothing' : added.toFixed(1)}.`,
    );
  if (retentionAlone || allEvidence.length < 2) {
    parts.push('No second kind confirms it.');
  } else {
    const least = Math.min(...allEvidence.map((each) => each.scoreWithout));
    parts.push(`Without any one kind: ${formatScore(least)} or more.`);
  }
  return parts.join(' ');
}
