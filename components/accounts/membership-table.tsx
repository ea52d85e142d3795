import { KindIcon, kindShort } from '@/components/clusters/kind-icon';
import { SeverityMark } from '@/components/clusters/severity-mark';
import { StateMark } from '@/components/clusters/state-mark';
import { TrailLink } from '@/components/shell/trail';
import type { AccountMembership } from '@/lib/clusters/account-schema';
import type { MemberRole } from '@/lib/clusters/schema';

export const ROLE_LABELS: Record<MemberRole, string> = { core: 'Core', member: 'Member', weak: 'Weak' };

/** The clusters that an account is in, how strongly, and what holds it there. */
export function MembershipTable({ memberships }: { memberships: readonly AccountMembership[] }) {
  return (
    <section className="panel" aria-labelledby="clusters-title">
      <header>
        <h2 id="clusters-title">Clusters</h2>
        <span className="small mute">{memberships.length > 0 ? 'strength is retention, 0 to 1' : ''}</span>
      </header>
      {memberships.length === 0 ? (
        <p className="body soft">
          In no cluster: detection found nothing that ties it to others more than chance would.
        </p>
      ) : (
        <table className="grid rows-32 plain a-members">
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              <th scope="col">Score</th>
              <th scope="col">State</th>
              <th scope="col">Role</th>
              <th scope="col" className="num">
                Strength
              </th>
              <th scope="col">Held by</th>
            </tr>
          </thead>
          <tbody>
            {memberships.map(({ cluster, role, strength, kinds }) => (
              <tr key={cluster.id}>
                <td>
                  <span className="a-line">
                    <TrailLink className="a-link strong clip" to={{ type: 'cluster', id: cluster.id }}>
                      {cluster.name}
                    </TrailLink>
                    <span className="mute small">CL-{cluster.id}</span>
                    {!cluster.active && <span className="mute small">no longer found</span>}
                  </span>
                </td>
                <td>
                  <SeverityMark score={cluster.score} />
                </td>
                <td>
                  <StateMark status={cluster.status} />
                </td>
                <td>{ROLE_LABELS[role]}</td>
                <td className="num">
                  <b>{strength.toFixed(2)}</b>
                </td>
                <td>
                  <KindChips kinds={kinds} shown={3} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What holds an account in a cluster, strongest first. */
export function KindChips({ kinds, shown }: { kinds: readonly string[]; shown: number }) {
  const rest = kinds.slice(shown);
  return (
    <span className="a-line a-chips">
      {kinds.slice(0, shown).map((kind) => (
        <span className="chip" key={kind}>
          <KindIcon kind={kind} />
          {kindShort(kind)}
        </span>
      ))}
      {rest.length > 0 && (
        <span className="small mute" title={rest.map(kindShort).join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}
