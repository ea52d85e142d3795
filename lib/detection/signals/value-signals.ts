/** Every signal that is a shared value. The type checker refuses a name without its signal. */
import { clientFingerprint } from './client-fingerprint';
import { device } from './device';
import { emailDomain } from './email-domain';
import { emailPattern } from './email-pattern';
import { ip } from './ip';
import { patternClasses } from './pattern-classes';
import { payment } from './payment';
import { phone } from './phone';
import { prefix } from './prefix';
import type { ValueSignal } from './signal';
import { synchrony } from './synchrony';
import { systemPrompt } from './system-prompt';
import { template } from './template';
import { userAgent } from './user-agent';

type ValueKind =
  | 'payment'
  | 'phone'
  | 'device'
  | 'template'
  | 'system_prompt'
  | 'client_fingerprint'
  | 'ip'
  | 'email_pattern'
  | 'email_domain'
  | 'time_bins'
  | 'prefix'
  | 'user_agent'
  | 'content';

export const VALUE_SIGNALS: Readonly<Record<ValueKind, ValueSignal>> = {
  payment,
  phone,
  device,
  template,
  system_prompt: systemPrompt,
  client_fingerprint: clientFingerprint,
  ip,
  email_pattern: emailPattern,
  email_domain: emailDomain,
  time_bins: synchrony,
  prefix,
  user_agent: userAgent,
  content: patternClasses,
};
