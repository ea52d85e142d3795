import type { ReactNode } from 'react';
import { SharedValues } from '@/components/clusters/shared-values';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatDollars, formatPercent, formatShort } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { ReviewDetail, ReviewItem } from '@/lib/clusters/review-schema';
import { PATTERN_CLASS_LABELS, PATTERN_CLASSES } from '@/lib/records/pattern-classes';

const CLASSES = 4;

/** What can be seen of one sampled account: who owns it, what it sends, what it has in common with the members. */
export function ReviewAccount({ item, review }: { item: ReviewItem; review: ReviewDetail }) {
  const standing = [
    item.verified && 'verified organization',
    item.organization && !item.verified && 'names an organization',
    item.enterprise && 'enterprise',
    item.paying && 'paying',
  ].filter(Boolean);
  return (
    <>
      <dl className="facts rv-facts">
        <Fact name="Plan">
          {item.plan ? <RawText>{item.plan.replaceAll('_', ' ')}</RawText> : '–'}
          {item.program && item.program !== item.plan && (
            <small>
              <RawText>{item.program.replaceAll('_', ' ')}</RawText>
            </small>
          )}
        </Fact>
        <Fact name="Standing">{standing.length > 0 ? standing.join(', ') : 'nothing special'}</Fact>
        <Fact name="Spend/mo">
          {item.monthlySpendUsd === null ? '–' : formatDollars(item.monthlySpendUsd)}
        </Fact>
        <Fact name="Country">{item.country ?? '–'}</Fact>
        <Fact name="Age">
          <Ago at={item.createdAt} />
        </Fact>
        <Fact name="Last seen">
          <Ago at={item.lastSeenAt} />
        </Fact>
        <Fact name="Exchanges">{formatShort(item.exchanges)}</Fact>
      </dl>
      <section className="sec" aria-labelledby="sends-title">
        <header>
          <h2 id="sends-title">What it sends</h2>
          <span className="small mute">beside all members of {review.cluster.name}</span>
        </header>
        <Classes item={item} all={review.clusterClasses} />
      </section>
      <section className="sec" aria-labelledby="shares-title">
        <header>
          <h2 id="shares-title">What it shares with the members</h2>
          <span className="small mute">rarest first; a value that everybody holds says nothing</span>
        </header>
        {item.shared.length === 0 ? (
          <p className="rv-none soft">No value that was looked at is held by any member.</p>
        ) : (
          <SharedValues values={item.shared} accounts={review.cluster.accounts} member={false} />
        )}
      </section>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Classes({ item, all }: { item: ReviewItem; all: ReviewDetail['clusterClasses'] }) {
  const sum = item.classes.reduce((total, row) => total + row.exchanges, 0);
  const sumAll = all.reduce((total, row) => total + row.exchanges, 0);
  if (sum === 0) return <p className="rv-none soft">No exchanges of this account are known.</p>;
  const shareAll = new Map(all.map((row) => [row.class, sumAll === 0 ? 0 : row.exchanges / sumAll]));
  return (
    <table className="grid rows-28 plain rv-classes">
      <thead>
        <tr>
          <th scope="col">Pattern class</th>
          <th scope="col" className="num">
            Exchanges
          </th>
          <th scope="col" className="num">
            Share
          </th>
          <th scope="col" className="num">
            Members
          </th>
        </tr>
      </thead>
      <tbody>
        {item.classes.slice(0, CLASSES).map((row) => (
          <tr key={row.class}>
            <td>{labelOf(row.class)}</td>
            <td className="num soft">{formatCount(row.exchanges)}</td>
            <td className="num">
              <b>{formatPercent(row.exchanges / sum)}</b>
            </td>
            <td className="num soft">{formatPercent(shareAll.get(row.class) ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function labelOf(index: number): string {
  const name = PATTERN_CLASSES[index];
  return name ? PATTERN_CLASS_LABELS[name] : 'Other';
}
