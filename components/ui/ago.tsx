'use client';

import { formatAge, formatMoment } from './format';
import { useNow } from './now';

/** How long ago a time was: "38 d"; with `ago`, "38 d ago". The moment itself is its title. */
export function Ago({ at, ago = false }: { at: string | null; ago?: boolean }) {
  const now = useNow();
  if (at === null) return <span className="mute">–</span>;
  const age = formatAge(now - Date.parse(at));
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {ago ? `${age} ago` : age}
    </time>
  );
}

/** How long until a time: "23 h"; "now" when it is past. */
export function Until({ at }: { at: string }) {
  const left = Date.parse(at) - useNow();
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {left > 0 ? formatAge(left) : 'now'}
    </time>
  );
}
