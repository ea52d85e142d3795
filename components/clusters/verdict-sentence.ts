/** What a cluster is, in one sentence of its strongest evidence. Pure; the queue's preview and the cluster's page say it. */
import { formatCount, formatExpected } from '@/components/ui/format';
import type {
  ClusterDetail,
  ClusterRow,
  EvidenceRow,
  EvidenceSummary,
  Quadrant,
} from '@/lib/clusters/schema';
import { kindShort } from './kind-icon';

/** A piece of the sentence; figures are strong. */
export interface VerdictPart {
  text: string;
  strong?: boolean;
}

/** A row of the queue is enough; with the details it also counts the values and tells retention alone. */
export type VerdictInput = Pick<ClusterRow, 'accounts' | 'quadrant' | 'evidence'> &
  Partial<Pick<ClusterDetail, 'allEvidence' | 'retentionAlone'>>;

const SPOKEN = 3;
/** Decibans under which a kind says too little to be spoken. */
const SPEAKS_FROM = 0.5;
/** "All 14 share it, expected 14" would persuade nobody: a kind is spoken when members are well above chance. */
const ABOVE_CHANCE = 1.2;

const LEADS: Record<Quadrant, string> = {
  distillation: 'act as one operation',
  reseller_review: 'are run together, while their prompts look ordinary, as a reseller’s would',
  lone_extraction: 'collect answers fit for training, with little that ties them together',
  benign: 'are linked, but neither coordination nor extraction is high',
};

const ALONE =
  'hold together through one kind of evidence, and the data hold no second one that could confirm it';

/** What sharing a kind is called: `one` value, or `many`; `verb` goes before both. */
const PHRASES: Record<string, { verb: string; one: string; many: string }> = {
  payment: { verb: 'share', one: 'payment instrument', many: 'payment instruments' },
  phone: { verb: 'share', one: 'phone', many: 'phones' },
  device: { verb: 'share', one: 'device', many: 'devices' },
  template: { verb: 'send variants of', one: 'prompt template', many: 'prompt templates' },
  system_prompt: { verb: 'use', one: 'system prompt', many: 'system prompts in common' },
  client_fingerprint: { verb: 'share', one: 'client fingerprint', many: 'client fingerprints' },
  user_agent: { verb: 'share', one: 'user agent', many: 'user agents' },
  ip: { verb: 'share', one: 'address on the same day', many: 'addresses on the same days' },
  prefix: { verb: 'share', one: 'network prefix', many: 'network prefixes' },
  email_pattern: { verb: 'follow', one: 'e-mail pattern', many: 'e-mail patterns' },
  email_domain: { verb: 'use', one: 'e-mail domain', many: 'e-mail domains in common' },
};

/** Kinds without values of their own. */
const WHOLE: Record<string, string> = {
  content: 'ask for training material far more than benign accounts do',
  time_bins: 'are active in the same quarter-hours',
  sign_up_burst: 'signed up in the same waves',
  load_balancing: 'take turns so evenly that together they are steadier than chance',
  task_partition: 'work through one list of tasks, each a part of its own',
  release_pivot: 'turned to a new model within two days of its release',
  access_path_spread: 'come in by other access paths than most of them',
  replacement: 'signed up within two days of a ban among them',
  provider_labels: 'carry the same label of the provider’s',
};

/** "1,204 accounts act as one operation: 1,180 share 40 payment instruments (expected 2), …" in parts. */
export function verdictSentence(cluster: VerdictInput): VerdictPart[] {
  const rows: (EvidenceSummary & Partial<Pick<EvidenceRow, 'valueCount'>>)[] =
    cluster.allEvidence ?? cluster.evidence;
  const spoken = rows
    .filter((row) => row.points >= SPEAKS_FROM && row.members > row.expected * ABOVE_CHANCE)
    .slice(0, SPOKEN);
  const lead = cluster.retentionAlone ? ALONE : LEADS[cluster.quadrant];
  const subject = `${formatCount(cluster.accounts)} ${cluster.accounts === 1 ? 'account' : 'accounts'}`;
  const parts: VerdictPart[] = [{ text: subject, strong: true }, { text: ` ${lead}` }];
  spoken.forEach((row, index) => {
    parts.push({ text: index === 0 ? ': ' : joint(index, spoken.length) });
    parts.push({ text: whoOf(row.members, cluster.accounts), strong: true });
    parts.push({
      text: ` ${phraseOf(row.kind, row.valueCount)} (expected\u00a0${formatExpected(row.expected)})`,
    });
  });
  parts.push({ text: '.' });
  return parts;
}

/** The sentence as plain text. */
export function verdictText(cluster: VerdictInput): string {
  return verdictSentence(cluster)
    .map((part) => part.text)
    .join('');
}

function joint(index: number, count: number): string {
  if (index < count - 1) return ', ';
  return count === 2 ? ' and ' : ', and ';
}

function whoOf(members: number, accounts: number): string {
  return members >= accounts && accounts > 1 ? `all ${formatCount(members)}` : formatCount(members);
}

/** Without a count the kind is named in the plural: the row of the queue does not know how many values there are. */
function phraseOf(kind: string, values: number | undefined): string {
  const whole = WHOLE[kind];
  if (whole) return whole;
  const phrase = PHRASES[kind] ?? {
    verb: 'share',
    one: `${kindShort(kind)} value`,
    many: `${kindShort(kind)} values`,
  };
  if (values === 1) return `${phrase.verb} one ${phrase.one}`;
  return values ? `${phrase.verb} ${formatCount(values)} ${phrase.many}` : `${phrase.verb} ${phrase.many}`;
}
