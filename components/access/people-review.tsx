import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { ActorMark } from '@/components/audit/actor-mark';
import { auditHref } from '@/components/audit/audit-query';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { ReviewedMachine, ReviewedPerson, VerbCount } from '@/lib/access/review-schema';

/** Verbs named in a row; the link has them all. */
const NAMED = 3;
const STATES = { active: 'active', locked: 'locked', disabled: 'disabled' } as const;

/** Who did what: people with what a reviewer should ask about, then the machines. */
export function PeopleReview({
  people,
  machines,
  days,
  from,
}: {
  people: ReviewedPerson[];
  machines: ReviewedMachine[];
  days: number;
  from: string;
}) {
  const asked = people.filter((person) => person.findings.length > 0).length;
  return (
    <section className="panel" aria-labelledby="people-title">
      <header>
        <h2 id="people-title">People</h2>
        <span className="small mute">
          {formatOf(people.length, 'person', 'people')}, {asked === 0 ? 'nothing' : asked} to ask about
        </span>
      </header>
      <table className="grid rows-40 plain ar-people">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role</th>
            <th scope="col">Last sign-in</th>
            <th scope="col" className="num">
              Done
            </th>
            <th scope="col" className="num">
              Refused
            </th>
            <th scope="col" className="ar-verbs">
              Mostly
            </th>
            <th scope="col">To ask about</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td>
                <Link
                  className="ar-who"
                  href={auditHref({ actor: `user:${person.id}`, from: from.slice(0, 10) })}
                >
                  <ActorMark actor={`user:${person.id}`} name={person.name} you={false} />
                </Link>
                {person.email !== null && <RawText className="small mute">{person.email}</RawText>}
              </td>
              <td>
                {person.role}
                {person.state !== 'active' && <span className="small mute"> {STATES[person.state]}</span>}
              </td>
              <td className="soft">
                {person.lastSignInAt ? (
                  <Ago at={person.lastSignInAt} ago />
                ) : (
                  <span className="mute">never</span>
                )}
              </td>
              <Figures counts={person} />
              <td className="ar-verbs">
                <Verbs verbs={person.verbs} />
              </td>
              <td className="ar-find">
                {person.findings.length > 0 ? (
                  <span className="ar-finding">
                    <TriangleAlert className="i" aria-hidden="true" />
                    {person.findings.join('; ')}
                  </span>
                ) : person.unused.length > 0 && person.state !== 'disabled' ? (
                  <span className="small mute" title={person.unused.join(', ')}>
                    {formatOf(person.unused.length, 'right')} not used in {days} days
                  </span>
                ) : (
                  <span className="mute">–</span>
                )}
              </td>
            </tr>
          ))}
          {machines.map((machine) => (
            <tr key={machine.actor}>
              <td>
                <Link className="ar-who" href={auditHref({ actor: machine.actor, from: from.slice(0, 10) })}>
                  <ActorMark actor={machine.actor} name={machine.name} you={false} />
                </Link>
              </td>
              <td className="mute">{machine.actor.slice(0, machine.actor.indexOf(':'))}</td>
              <td className="mute">–</td>
              <Figures counts={machine} />
              <td className="ar-verbs">
                <Verbs verbs={machine.verbs} />
              </td>
              <td className="mute">–</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figures({ counts }: { counts: { done: number; refused: number } }) {
  return (
    <>
      <td className="num">{formatCount(counts.done)}</td>
      <td className={counts.refused > 0 ? 'num' : 'num mute'}>{formatCount(counts.refused)}</td>
    </>
  );
}

function Verbs({ verbs }: { verbs: VerbCount[] }) {
  if (verbs.length === 0) return <span className="mute">nothing</span>;
  const all = verbs.map(({ verb, done, refused }) => `${verb} ${formatCount(done + refused)}`);
  return (
    <span className="clip ar-clip" title={all.join('\n')}>
      {verbs.slice(0, NAMED).map(({ verb, done, refused }) => (
        <span key={verb} className="ar-verb">
          <span className="mono">{verb}</span> {formatCount(done + refused)}
        </span>
      ))}
      {verbs.length > NAMED && <span className="mute">+{verbs.length - NAMED}</span>}
    </span>
  );
}
