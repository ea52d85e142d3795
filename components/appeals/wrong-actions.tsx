import Link from 'next/link';
import { KindIcon, kindLabel } from '@/components/clusters/kind-icon';
import { formatCount, formatPercent } from '@/components/ui/format';
import type { WrongActions } from '@/lib/enforcement/appeal-schema';

const SHOWN = 5;

/** How often account owners were right against the detection, and which evidence misled it. */
export function WrongActionsBody({ wrong }: { wrong: WrongActions }) {
  const { actedOn, appeals, granted, kinds } = wrong;
  if (actedOn === 0) return <p className="small mute">No account was acted on yet.</p>;
  return (
    <>
      <p className="small soft">
        <b className="num">{formatCount(granted)}</b> granted of {formatCount(appeals)}{' '}
        <Link className="link" href="/appeals?view=decided">
          appeals
        </Link>
        , {formatCount(actedOn)} accounts acted on: <b className="num">{formatPercent(granted / actedOn)}</b>{' '}
        wrong so far.
      </p>
      {kinds.length > 0 && (
        <table className="plain wrong-kinds">
          <caption className="vh">Granted appeals by the evidence that held the accounts</caption>
          <tbody>
            {kinds.slice(0, SHOWN).map((row) => (
              <tr key={row.kind}>
                <th scope="row">
                  <KindIcon kind={row.kind} /> {kindLabel(row.kind)}
                </th>
                <td className="num">
                  <b>{formatCount(row.granted)}</b>
                  <span className="mute"> of {formatCount(row.actedOn)}</span>
                </td>
                <td className="num soft">{formatPercent(row.granted / row.actedOn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
