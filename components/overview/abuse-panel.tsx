import Link from 'next/link';
import { formatCount, formatPercent, showInvisible } from '@/components/ui/format';
import type { AbuseRow, Volumes } from '@/lib/clusters/volume-schema';

/** Through which doors the accounts of operations came, beside all accounts of the same door. */
export function AbusePanel({ volumes: { programs, paths } }: { volumes: Volumes }) {
  if (programs.length + paths.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="abuse">
      <header>
        <h2 id="abuse">Abuse by programme and access path</h2>
        <span className="small mute clip">
          accounts in clusters with both axes high, of all accounts there
        </span>
      </header>
      <div className="ov-abuse">
        <Doors
          title="Programme"
          rows={programs}
          href={({ name }) => `/accounts?cluster=in&program=${encodeURIComponent(name ?? 'none')}`}
        />
        <Doors title="Access path" rows={paths} href={({ indicatorId }) => `/indicators/${indicatorId}`} />
      </div>
    </section>
  );
}

function Doors({
  title,
  rows,
  href,
}: {
  title: string;
  rows: readonly AbuseRow[];
  href: (row: AbuseRow) => string;
}) {
  if (rows.length === 0) return null;
  return (
    <table className="grid rows-28 plain">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" className="num">
            In clusters
          </th>
          <th scope="col" className="num">
            Of all
          </th>
          <th scope="col" className="num">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name ?? ''}>
            <td>
              <Link className="link" href={href(row)} prefetch={false}>
                {row.name === null ? 'none' : showInvisible(row.name.replaceAll('_', ' '))}
              </Link>
            </td>
            <td className="num">
              <b>{formatCount(row.accounts)}</b>
            </td>
            <td className="num soft">{formatCount(row.all)}</td>
            <td className="num soft">{formatPercent(row.accounts / Math.max(1, row.all))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
