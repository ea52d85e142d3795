/**
 * The registry of indicator kinds: how much a shared value of each says, and in which way.
 * A kind that is not listed (any `observation` record) is a hard one with λ = .5.
 */

/** Which of the two axes a kind speaks for; context is shown and never counts. */
type KindAxis = 'coordination' | 'content' | 'context';

/**
 * What a kind is a trace of. Two kinds are independent evidence when their families differ or both are
 * `identity`: an address and its prefix are one fact, a card and a phone are two. Strangers come to share
 * network, client and content values honestly (an office, a popular SDK, a viral prompt), so these three
 * families can be suppressed when popular and never make a cluster by themselves.
 */
type KindFamily = 'identity' | 'network' | 'client' | 'content' | 'time' | 'context';

export type DetectionKind = {
  kind: string;
  /** What people read. */
  label: string;
  /** λ in [0, 1]: how much one shared value of this kind says. */
  lambda: number;
  /** Hard kinds (λ ≥ .5) build the account–value graph; weak ones only add to retention and points. */
  hard: boolean;
  /** The value of such a kind is a value on one day: addresses change hands. */
  perDay: boolean;
  axis: KindAxis;
  family: KindFamily;
  /** Counts above this say nothing more: a card is not tied closer by more requests paid with it. */
  countCap: number;
};

type KindRow = [kind: string, label: string, lambda: number, axis: KindAxis, family: KindFamily];

const HARD_FROM = 0.5;

const rows: KindRow[] = [
  ['payment', 'Payment instrument', 1, 'coordination', 'identity'],
  ['phone', 'Phone', 1, 'coordination', 'identity'],
  ['device', 'Device', 0.6, 'coordination', 'identity'],
  ['template', 'Prompt template', 0.7, 'content', 'content'],
  ['system_prompt', 'System prompt', 0.7, 'content', 'content'],
  ['client_fingerprint', 'Client fingerprint', 0.6, 'coordination', 'client'],
  ['ip', 'IP address on a day', 0.5, 'coordination', 'network'],
  ['email_pattern', 'E-mail pattern', 0.4, 'coordination', 'identity'],
  ['time_bins', 'Shared rhythm', 0.3, 'coordination', 'time'],
  ['prefix', 'Network prefix', 0.15, 'coordination', 'network'],
  ['user_agent', 'User agent', 0.15, 'coordination', 'client'],
  ['content', 'Extraction content', 0, 'content', 'content'],
  ['asn', 'Network operator (ASN)', 0, 'context', 'context'],
  ['access_path', 'Access path', 0, 'context', 'context'],
];

const known = new Map<string, DetectionKind>(
  rows.map(([kind, label, lambda, axis, family]) => [
    kind,
    {
      kind,
      label,
      lambda,
      hard: lambda >= HARD_FROM,
      perDay: kind === 'ip',
      axis,
      family,
      countCap: family === 'content' ? 3 : 1,
    },
  ]),
);

/** What a kind means to detection. Kinds from partners and observations that nobody listed are hard, λ = .5. */
export function detectionKind(kind: string, lambdaOverrides: Record<string, number> = {}): DetectionKind {
  const base = known.get(kind) ?? {
    kind,
    label: humanLabel(kind),
    lambda: 0.5,
    hard: true,
    perDay: false,
    axis: 'coordination',
    family: 'identity',
    countCap: Number.POSITIVE_INFINITY,
  };
  const lambda = Object.hasOwn(lambdaOverrides, kind) ? lambdaOverrides[kind] : undefined;
  return lambda === undefined ? base : { ...base, lambda, hard: lambda >= HARD_FROM };
}

const circumstantial: readonly KindFamily[] = ['network', 'client', 'content', 'time'];

/** Whether strangers come to share values of this kind honestly, so that it can only ever be the second fact. */
export function isCircumstantial(kind: DetectionKind): boolean {
  return circumstantial.includes(kind.family);
}

function humanLabel(kind: string): string {
  const words = kind.replaceAll(/[_-]+/g, ' ').trim();
  return words === '' ? kind : words.charAt(0).toUpperCase() + words.slice(1);
}
