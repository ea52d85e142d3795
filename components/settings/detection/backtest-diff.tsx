'use client';

import { ArrowRightLeft, CircleMinus, CirclePlus, Gauge, Merge, Users } from 'lucide-react';
import Link from 'next/link';
import { Fragment, useState } from 'react';
import { accountPath } from '@/components/accounts/account-path';
import { AxesGlyph, QUADRANT_LABELS } from '@/components/clusters/axes-glyph';
import { SeverityMark } from '@/components/clusters/severity-mark';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { BacktestResult, ChangedCluster, ClusterChange } from '@/lib/clusters/backtest-schema';
import { clusterRef } from '@/lib/clusters/rules';

const WORDS: Record<ClusterChange, { label: string; icon: typeof Users }> = {
  appears: { label: 'Appears', icon: CirclePlus },
  vanishes: { label: 'Vanishes', icon: CircleMinus },
  merged: { label: 'Becomes part of another', icon: Merge },
  quadrant: { label: 'Changes quadrant', icon: ArrowRightLeft },
  members: { label: 'Other members', icon: Users },
  severity: { label: 'Other severity', icon: Gauge },
};
const ORDER = Object.keys(WORDS) as ClusterChange[];

/** "6 vanish, 1 changes quadrant": one, and several. */
const COUNTED: Record<ClusterChange, [one: string, several: string]> = {
  appears: ['appears', 'appear'],
  vanishes: ['vanishes', 'vanish'],
  merged: ['becomes part of another', 'become part of others'],
  quadrant: ['changes quadrant', 'change quadrant'],
  members: ['has other members', 'have other members'],
  severity: ['has another severity', 'have another severity'],
};

/** The difference in the queue: counts first, then cluster by cluster, with the accounts gained and lost. */
export function BacktestDiff({
  result,
  names,
}: {
  result: BacktestResult<string>;
  names: Record<number, string>;
}) {
  const [open, setOpen] = useState<number | null>(null);
  const { before, after, counts, unchanged, clusters } = result;
  const { load, before: asItIs, after: asChanged } = result.seconds;
  return (
    <>
      <dl className="facts d-facts">
        <Change label="Clusters" before={before.clusters} after={after.clusters} />
        <Change
          label="Accounts in clusters"
          before={before.accounts}
          after={after.accounts}
          note={`of ${formatCount(result.accounts)}`}
        />
        <div>
          <dt>Stay as they are</dt>
          <dd>{formatCount(unchanged)}</dd>
        </div>
        <div>
          <dt>Took</dt>
          <dd>
            {(load + asItIs + asChanged).toFixed(1)} s<small>both runs, with reading</small>
          </dd>
        </div>
      </dl>
      {clusters.length === 0 ? (
        <p className="body soft">No cluster would change: the queue would be the same.</p>
      ) : (
        <>
          <p className="body small soft d-counts">
            {ORDER.filter((change) => counts[change] > 0)
              .map(
                (change) => `${formatCount(counts[change])} ${COUNTED[change][counts[change] === 1 ? 0 : 1]}`,
              )
              .join(', ')}
            .
          </p>
          <table className="grid rows-40 plain d-diff">
            <thead>
              <tr>
                <th scope="col">Change</th>
                <th scope="col">Cluster</th>
                <th scope="col">Score</th>
                <th scope="col">Quadrant</th>
                <th scope="col" className="num">
                  Accounts
                </th>
                <th scope="col" className="num">
                  Gained, lost
                </th>
              </tr>
            </thead>
            <tbody>
              {clusters.map((each, index) => (
                <Fragment key={`${each.change} ${each.before?.rank} ${each.after?.rank}`}>
                  <Row
                    each={each}
                    names={names}
                    open={open === index}
                    onToggle={() => setOpen(open === index ? null : index)}
                  />
                  {open === index && (
                    <tr className="d-accounts">
                      <td colSpan={6}>
                        <Accounts words="Gained" side={each.gained} />
                        <Accounts words="Lost" side={each.lost} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}

function Change({
  label,
  before,
  after,
  note,
}: {
  label: string;
  before: number;
  after: number;
  note?: string;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {before === after ? (
          formatCount(after)
        ) : (
          <>
            <span className="mute">{formatCount(before)} →</span> {formatCount(after)}
          </>
        )}
        {note && <small>{note}</small>}
      </dd>
    </div>
  );
}

function Row({
  each,
  names,
  open,
  onToggle,
}: {
  each: ChangedCluster<string>;
  names: Record<number, string>;
  open: boolean;
  onToggle: () => void;
}) {
  const { label, icon: Icon } = WORDS[each.change];
  const { before, after, gained, lost } = each;
  return (
    <tr>
      <td>
        <span className="d-change">
          <Icon className="i i-s" aria-hidden="true" />
          {label}
        </span>
      </td>
      <td className="clip">
        <Cluster id={each.clusterId} names={names} otherwise="not in the queue" />
        {each.otherClusterId !== null && (
          <span className="small mute d-second">
            {each.change === 'merged' ? 'into ' : 'out of '}
            <Cluster id={each.otherClusterId} names={names} otherwise="" />
          </span>
        )}
      </td>
      <td>
        <span className="d-pair">
          {before && <SeverityMark score={before.score} />}
          {before && after && <span className="mute">→</span>}
          {after && <SeverityMark score={after.score} />}
        </span>
      </td>
      <td>
        <span className="d-pair">
          {before && before.quadrant !== after?.quadrant && (
            <>
              <AxesGlyph quadrant={before.quadrant} size={14} />
              <span className={after ? 'mute' : undefined}>{QUADRANT_LABELS[before.quadrant]}</span>
            </>
          )}
          {before && after && before.quadrant !== after.quadrant && <span className="mute">→</span>}
          {after && (
            <>
              <AxesGlyph quadrant={after.quadrant} size={14} />
              <span>{QUADRANT_LABELS[after.quadrant]}</span>
            </>
          )}
        </span>
      </td>
      <td className="num">
        {before && after && before.accounts !== after.accounts && (
          <span className="mute">{formatCount(before.accounts)} → </span>
        )}
        {formatCount((after ?? before)?.accounts ?? 0)}
      </td>
      <td className="num">
        {gained.accounts + lost.accounts === 0 ? (
          <span className="mute">none</span>
        ) : (
          <Button variant="ghost" aria-expanded={open} onClick={onToggle}>
            {gained.accounts > 0 && `+${formatCount(gained.accounts)}`}
            {gained.accounts > 0 && lost.accounts > 0 && ' '}
            {lost.accounts > 0 && `−${formatCount(lost.accounts)}`}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Cluster({
  id,
  names,
  otherwise,
}: {
  id: number | null;
  names: Record<number, string>;
  otherwise: string;
}) {
  if (id === null) return <span className="mute">{otherwise}</span>;
  return (
    <Link className="link" href={`/clusters/${id}`} prefetch={false}>
      {clusterRef(id)} <RawText>{names[id] ?? ''}</RawText>
    </Link>
  );
}

function Accounts({ words, side }: { words: string; side: { accounts: number; some: string[] } }) {
  if (side.accounts === 0) return null;
  return (
    <div className="d-list">
      <span className="label">
        {words} {formatOf(side.accounts, 'account')}
      </span>
      {side.some.map((accountId) => (
        <Link key={accountId} className="mono link" href={accountPath(accountId)} prefetch={false}>
          <RawText>{accountId}</RawText>
        </Link>
      ))}
      {side.accounts > side.some.length && (
        <span className="small mute">and {formatCount(side.accounts - side.some.length)} more</span>
      )}
    </div>
  );
}
