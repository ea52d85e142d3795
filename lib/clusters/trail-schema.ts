/** The way that led to a page, step by step, as it stands in its address: ?via=c5&via=i-123&via=aacct_1. Pure. */

/** A page on the way. */
export type TrailStep =
  | { type: 'cluster'; id: number }
  | { type: 'indicator'; id: string }
  | { type: 'account'; id: string };

/** A step as a breadcrumb shows it. */
export type NamedStep = TrailStep & { label: string };

/** Longer ways lose their oldest steps. */
const MOST = 8;

/** The steps of an address, oldest first; what is none is left out. */
export function readTrail(parts: readonly string[]): TrailStep[] {
  return parts
    .flatMap((part): TrailStep[] => {
      const id = part.slice(1);
      if (part[0] === 'c' && /^[1-9]\d{0,8}$/.test(id)) return [{ type: 'cluster', id: Number(id) }];
      if (part[0] === 'i' && /^-?\d{1,19}$/.test(id)) return [{ type: 'indicator', id }];
      if (part[0] === 'a' && id !== '' && id.length <= 256) return [{ type: 'account', id }];
      return [];
    })
    .slice(-MOST);
}

/** The address of a step, with the way that leads to it. Going back to a page on the way ends the loop. */
export function trailHref(step: TrailStep, way: readonly TrailStep[] = []): string {
  const known = way.findIndex((each) => isSame(each, step));
  const before = (known >= 0 ? way.slice(0, known) : way).slice(-MOST);
  const query = new URLSearchParams(before.map((each) => ['via', `${each.type[0]}${each.id}`]));
  const path = `/${step.type}s/${encodeURIComponent(step.id)}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The way that leads on from a page. */
export function wayFrom(step: TrailStep, way: readonly TrailStep[]): TrailStep[] {
  const known = way.findIndex((each) => isSame(each, step));
  return [...(known >= 0 ? way.slice(0, known) : way), step];
}

function isSame(a: TrailStep, b: TrailStep): boolean {
  return a.type === b.type && a.id === b.id;
}
