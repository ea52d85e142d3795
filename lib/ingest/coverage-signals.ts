/** What detection goes by, and which fields feed it. In the order of what its absence costs. */
import { AT_FULL_HOUR, type RecordKind, type SignalId } from './coverage-schema';

export interface Signal {
  id: SignalId;
  label: string;
  /** The thing that comes, after "No" and before "on 31 % of exchanges". */
  what: string;
  /** Says that nothing came, where "No" and the thing would not. */
  none?: string;
  /** Fields that feed it, the one that says most first; the field '' stands for the record itself. */
  from: readonly [readonly [RecordKind, string], ...(readonly [RecordKind, string])[]];
  /** A field that feeds a part of it when nothing else does, and what follows then. */
  lesser?: { from: readonly [RecordKind, string]; words: string };
  /** Kinds of observation that feed it as well. */
  observed?: readonly string[];
  /** What follows when it is missing, and when it is there. */
  off: string;
  on: string;
  /** One is enough: most records rightly lack it. */
  any?: boolean;
  /** The signal whose absence says this one's as well. */
  impliedBy?: SignalId;
  /** The field counts what is too coarse to use: the rest of the records feed the signal. */
  inverse?: boolean;
}

export const SIGNALS: readonly Signal[] = [
  {
    id: 'payment',
    label: 'Shared payment',
    what: 'payment fingerprint',
    from: [['account', 'payment_fingerprint']],
    observed: ['payment'],
    off: 'accounts are not tied by who pays, the strongest link there is',
    on: 'accounts are tied by who pays',
  },
  {
    id: 'classes',
    label: 'Pattern classes',
    what: 'prompt or label',
    none: 'No prompts and no labels',
    from: [
      ['exchange', 'prompt'],
      ['exchange', 'labels'],
    ],
    off: 'the extraction axis is blind, and clusters are judged on infrastructure alone',
    on: 'what they were after is seen, and the extraction axis counts',
  },
  {
    id: 'templates',
    label: 'Prompt templates',
    what: 'prompt or its template',
    none: 'No prompts and no prompt templates',
    from: [
      ['exchange', 'prompt'],
      ['exchange', 'prompt_template'],
    ],
    observed: ['template'],
    off: 'one template over many accounts goes unseen',
    on: 'one template over many accounts is seen',
  },
  {
    id: 'ip',
    label: 'IP correlation',
    what: 'client IP',
    from: [['exchange', 'ip']],
    lesser: {
      from: ['account', 'signup_ip'],
      words: 'only sign-up addresses are compared, and traffic is not',
    },
    observed: ['ip'],
    off: 'IP correlation and network prefixes are off',
    on: 'IP correlation and network prefixes are on',
  },
  {
    id: 'created',
    label: 'Account age',
    what: 'account record',
    from: [['account', '']],
    off: 'age, organization, payments and status are unknown, and honest companies and customers may be flagged',
    on: 'age and plan are known',
    any: true,
  },
  {
    id: 'organization',
    label: 'Entities',
    what: 'verified organization',
    from: [['account', 'verified_organization']],
    off: 'accounts of one company count as strangers, and honest companies and universities may be flagged',
    on: 'accounts of one verified organization count as one',
    any: true,
    impliedBy: 'created',
  },
  {
    id: 'phone',
    label: 'Shared phone',
    what: 'phone fingerprint',
    from: [['account', 'phone_fingerprint']],
    observed: ['phone'],
    off: 'accounts are not tied by phone',
    on: 'accounts are tied by phone',
  },
  {
    id: 'device',
    label: 'Shared device',
    what: 'device fingerprint',
    from: [['account', 'device_fingerprint']],
    observed: ['device'],
    off: 'accounts are not tied by device',
    on: 'accounts are tied by device',
  },
  {
    id: 'client',
    label: 'Client fingerprint',
    what: 'client fingerprint',
    from: [['exchange', 'client_fingerprint']],
    observed: ['client_fingerprint'],
    off: 'accounts driven by one proxy or script are not tied by it',
    on: 'accounts driven by one proxy or script are tied by it',
  },
  {
    id: 'rhythm',
    label: 'Shared rhythm',
    what: 'time of day',
    none: 'No time finer than an hour',
    from: [['exchange', AT_FULL_HOUR]],
    inverse: true,
    off: 'shared rhythm and load balancing are off',
    on: 'shared rhythm and load balancing are seen',
  },
  {
    id: 'spend',
    label: 'Paying accounts',
    what: 'payment or spend',
    from: [
      ['account', 'last_paid_at'],
      ['account', 'monthly_spend_usd'],
    ],
    off: 'guardrails cannot tell who pays, and a ban may hit customers unseen',
    on: 'guardrails count who pays before a ban',
    any: true,
    impliedBy: 'created',
  },
  {
    id: 'email',
    label: 'E-mail pattern',
    what: 'e-mail pattern',
    from: [['account', 'email_pattern']],
    observed: ['email_pattern'],
    off: 'addresses made by one generator go unseen',
    on: 'addresses made by one generator are seen',
  },
  {
    id: 'system_prompt',
    label: 'System prompts',
    what: 'system prompt',
    from: [['exchange', 'system_prompt']],
    observed: ['system_prompt'],
    off: 'accounts that share one are not tied by it',
    on: 'accounts that share one are tied by it',
    any: true,
  },
  {
    id: 'model',
    label: 'Models',
    what: 'model name',
    from: [['exchange', 'model']],
    off: 'a move to another model goes unseen',
    on: 'a move to another model is seen',
  },
  {
    id: 'release',
    label: 'Pivot at a release',
    what: 'model release',
    from: [['model_release', '']],
    off: 'no timeline shows a pivot at a release',
    on: 'timelines show what moved after a release',
    any: true,
  },
  {
    id: 'tokens',
    label: 'Volume',
    what: 'output token count',
    from: [['exchange', 'output_tokens']],
    off: 'the volume drawn is unknown, only exchanges are counted',
    on: 'the volume drawn is counted',
  },
  {
    id: 'user_agent',
    label: 'User agent',
    what: 'user agent',
    from: [['exchange', 'user_agent']],
    observed: ['user_agent'],
    off: 'a weak corroboration of shared tools is missing',
    on: 'shared tools corroborate',
  },
  {
    id: 'status',
    label: 'State at the provider',
    what: 'account status',
    from: [['account', 'status']],
    off: 'accounts that the provider has banned already look active',
    on: 'what the provider has done already is known',
    impliedBy: 'created',
  },
  {
    id: 'access_path',
    label: 'Access path',
    what: 'access path',
    from: [['exchange', 'access_path']],
    observed: ['access_path'],
    off: 'use over several access paths goes unseen; no score changes',
    on: 'use over several access paths is shown; no score changes',
  },
  {
    id: 'asn',
    label: 'Network operator',
    what: 'network operator (ASN)',
    from: [['exchange', 'asn']],
    observed: ['asn'],
    off: 'addresses come without their operator; no score changes',
    on: 'addresses are shown with their operator; no score changes',
  },
];
