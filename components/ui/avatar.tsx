import { initialsOf } from './format';

/** A person's initials in a ring; the reader's own ring has the accent. The name is its title and its text. */
export function Avatar({
  name,
  you = false,
  label = true,
}: {
  name: string;
  you?: boolean;
  label?: boolean;
}) {
  return (
    <span className={you ? 'av you' : 'av'} title={you ? `${name} (you)` : name}>
      <span aria-hidden="true">{initialsOf(name)}</span>
      {label && <span className="vh">{you ? `${name} (you)` : name}</span>}
    </span>
  );
}
