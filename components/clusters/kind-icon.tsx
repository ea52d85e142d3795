/** One shape for each kind of indicator, the same in chips, tables and the graph. Outlines are the kind's milder kin. */
import { detectionKind } from '@/lib/detection/kinds';

export interface KindShape {
  /** SVG path in a box from −1 to 1. */
  path: string;
  /** Drawn as an outline: prefix beside ip, user agent beside client, system prompt beside template. */
  outline?: boolean;
  /** A second path cut out of the first. */
  cut?: string;
}

interface KindWords {
  /** In chips: "template 18,240/18,263". */
  short: string;
  /** In tables and menus. */
  label: string;
}

const HEXAGON = 'M-.5-.87h1L1 0l-.5.87h-1L-1 0z';
const TRIANGLE = 'M0-.92L1 .8h-2z';
const DIAMOND = 'M0-1.02L1.02 0 0 1.02-1.02 0z';

const KINDS: Record<string, KindShape & KindWords> = {
  template: { short: 'template', label: 'Prompt template', path: HEXAGON },
  system_prompt: { short: 'system prompt', label: 'System prompt', path: HEXAGON, outline: true },
  payment: {
    short: 'payment',
    label: 'Payment instrument',
    path: 'M-1-.66h2v1.32h-2z',
    cut: 'M-1-.28h2v.3h-2z',
  },
  device: { short: 'device', label: 'Device', path: 'M-.82-.82h1.64v1.64h-1.64z' },
  client_fingerprint: { short: 'client', label: 'Client fingerprint', path: TRIANGLE },
  user_agent: { short: 'user agent', label: 'User agent', path: TRIANGLE, outline: true },
  ip: { short: 'ip', label: 'IP address on a day', path: DIAMOND },
  prefix: { short: 'prefix', label: 'Network prefix', path: DIAMOND, outline: true },
  phone: { short: 'phone', label: 'Phone', path: 'M0-1L.95-.31.59.81h-1.18L-.95-.31z' },
  email_pattern: { short: 'e-mail', label: 'E-mail pattern', path: 'M-.5-.66h1.5L.5.66h-1.5z' },
  email_domain: {
    short: 'e-mail domain',
    label: 'E-mail domain',
    path: 'M-.5-.66h1.5L.5.66h-1.5z',
    outline: true,
  },
  time_bins: {
    short: 'time',
    label: 'Shared rhythm',
    path: 'M-1-.9h.5v1.8h-.5zM-.25-.9h.5v1.8h-.5zM.5-.9h.5v1.8h-.5z',
  },
  content: {
    short: 'content',
    label: 'Extraction content',
    path: 'M-1-.8h2v.45h-2zM-1-.22h2v.45h-2zM-1 .36h1.2v.45h-1.2z',
  },
  release_pivot: {
    short: 'new model',
    label: 'Turn to a new model',
    path: 'M-.8-1h.3v.2h1.4l-.4.5.4.5h-1.4v.8h-.3z',
  },
  task_partition: {
    short: 'task list',
    label: 'Task list shared out',
    path: 'M-.9-.9h.8v.8h-.8zM.1-.9h.8v.8h-.8zM-.9.1h.8v.8h-.8zM.1.1h.8v.8h-.8z',
  },
  sign_up_burst: { short: 'sign-ups', label: 'Sign-up burst', path: 'M-1 .9L0-.9 1 .9h-.55L0 .1l-.45.8z' },
  load_balancing: {
    short: 'hand-off',
    label: 'Load balancing',
    path: 'M-1-.75h2v.5h-2zM-1 .25h2v.5h-2z',
  },
  replacement: {
    short: 'replaced',
    label: 'Replaced after bans',
    path: 'M-.3-.95h.6v.65h.65v.6h-.65v.65h-.6v-.65h-.65v-.6h.65z',
  },
  access_path_spread: {
    short: 'paths',
    label: 'Several access paths',
    path: 'M-1-.2h1.1v-.6L1 0 .1.8v-.6h-1.1z',
    outline: true,
  },
  provider_labels: { short: 'labels', label: 'Provider’s labels', path: 'M-1-.6h1.2L1 0 .2.6h-1.2z' },
  access_path: { short: 'access path', label: 'Access path', path: 'M-1-.2h1.1v-.6L1 0 .1.8v-.6h-1.1z' },
  asn: { short: 'network', label: 'Network operator (ASN)', path: 'M0-.9a.9.9 0 1 0 .001 0z', outline: true },
  account: { short: 'account', label: 'Account', path: 'M0-.85a.85.85 0 1 0 .001 0z' },
};

const UNKNOWN: KindShape = {
  path: 'M-.4-.85h.8a.45.45 0 0 1 .45.45v.8a.45.45 0 0 1-.45.45h-.8a.45.45 0 0 1-.45-.45v-.8a.45.45 0 0 1 .45-.45z',
};

/** The shape of a kind; any kind that partners invented has the rounded square. */
export function kindShape(kind: string): KindShape {
  return KINDS[kind] ?? UNKNOWN;
}

/** "Payment instrument"; an unlisted kind is its own name in words. */
export function kindLabel(kind: string): string {
  return KINDS[kind]?.label ?? detectionKind(kind).label;
}

/** "payment", "client", "e-mail": for chips, in the middle of a line. */
export function kindShort(kind: string): string {
  return KINDS[kind]?.short ?? kind.replaceAll('_', ' ');
}

/** The shape alone; the word stands beside it. */
export function KindIcon({ kind }: { kind: string }) {
  const shape = kindShape(kind);
  return (
    <svg className="g" viewBox="-1.15 -1.15 2.3 2.3" aria-hidden="true">
      {shape.outline ? (
        <path d={shape.path} fill="none" stroke="currentColor" strokeWidth=".3" transform="scale(.86)" />
      ) : (
        <path d={shape.path} fill="currentColor" />
      )}
      {shape.cut && <path d={shape.cut} fill="var(--surface)" />}
    </svg>
  );
}
