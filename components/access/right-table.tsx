import { Check } from 'lucide-react';
import { showInvisible } from '@/components/ui/format';
import type { ReviewedRight } from '@/lib/access/review-schema';
import { ROLES } from '@/lib/access/schema';

/** Who may do what: a row a right, with the roles that have it and the people behind them. */
export function RightTable({ rights, days }: { rights: ReviewedRight[]; days: number }) {
  return (
    <section className="panel" aria-labelledby="rights-title">
      <header>
        <h2 id="rights-title">Who may do what</h2>
        <span className="small mute">with how often each did within {days} days</span>
      </header>
      <table className="grid rows-32 plain ar-rights">
        <thead>
          <tr>
            <th scope="col">May</th>
            {ROLES.map((role) => (
              <th key={role} scope="col" className="ar-role">
                {role}
              </th>
            ))}
            <th scope="col">People who may</th>
          </tr>
        </thead>
        <tbody>
          {rights.map(({ right, words, roles, people }) => (
            <tr key={right}>
              <th scope="row" title={right}>
                {words}
              </th>
              {ROLES.map((role) => (
                <td key={role} className="ar-role">
                  {roles.includes(role) ? (
                    <Check className="i i-s ar-may" role="img" aria-label="yes" />
                  ) : (
                    <span className="vh">no</span>
                  )}
                </td>
              ))}
              <td className="ar-names">
                {people.length === 0 ? (
                  <span className="mute">nobody</span>
                ) : (
                  people.map(({ id, name, uses }, index) => (
                    <span key={id}>
                      {index > 0 && ', '}
                      <bdi>{showInvisible(name)}</bdi>
                      {uses !== null && <span className={uses === 0 ? 'mute' : 'soft'}> {uses}</span>}
                    </span>
                  ))
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
