import Link from 'next/link';
import { TrailLink } from '@/components/shell/trail';
import { formatCount, formatExpected } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { HIDDEN } from '@/lib/clusters/rules';
import type { EvidenceRow } from '@/lib/clusters/schema';

/** Points that rest on single values say so: the kind as a whole is as common by chance. */
const SPEAKS_FROM = 0.5;
const ABOVE_CHANCE = 1.2;

/** The values of one kind, strongest first, each against its population and chance. */
export function EvidenceValues({ row }: { row: EvidenceRow }) {
  if (row.values.length === 0) {
    return (
      <p className="cl-detail">
        {row.detail ? `${row.detail}. ` : ''}This kind has no single values: it is measured over each
        account’s own traffic.
      </p>
    );
  }
  if (row.values.every((value) => value.value === HIDDEN)) {
    return <p className="cl-detail">Your role sees how many share a value, and not the values.</p>;
  }
  return (
    <>
      {row.detail && <p className="cl-detail">{row.detail}</p>}
      {row.points >= SPEAKS_FROM && row.members <= row.expected * ABOVE_CHANCE && (
        <p className="cl-detail">
          About as many would share some value of this kind by chance. The points rest on the single values
          below, which more members hold than chance explains.
        </p>
      )}
      <table className="cl-values">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col" className="num">
              Members
            </th>
            <th scope="col" className="num">
              Population
            </th>
            <th scope="col" className="num">
              Expected
            </th>
            <th scope="col">
              <span className="vh">For all its accounts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {row.values.map((value) => (
            <tr key={`${value.indicatorId} ${value.value}`}>
              <td>
                {value.indicatorId === '' ? (
                  <RawText className="mono">{value.value}</RawText>
                ) : (
                  <TrailLink
                    className="link"
                    to={{ type: 'indicator', id: value.indicatorId }}
                    title="Everything known of this value"
                  >
                    <RawText className="mono">{value.value}</RawText>
                  </TrailLink>
                )}
              </td>
              <td className="num">
                <b>{formatCount(value.members)}</b>
              </td>
              <td className="num soft">{formatCount(value.population)}</td>
              <td className="num soft">{formatExpected(value.expected)}</td>
              <td className="num">
                {value.indicatorId !== '' && (
                  <Link
                    className="small link"
                    href={`/approvals/new?indicator=${value.indicatorId}`}
                    prefetch={false}
                  >
                    Propose…
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {row.valueCount > row.values.length && (
        <p className="cl-detail mute">
          The {row.values.length} strongest of {formatCount(row.valueCount)} values.
        </p>
      )}
    </>
  );
}
