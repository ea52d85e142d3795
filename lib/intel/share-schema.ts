/** What leaves for partners. */

/** The Traffic Light Protocol 2.0, widest first. */
export const TLPS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
export type Tlp = (typeof TLPS)[number];

/** Kinds that only a provider knows. They leave as keyed hashes, and only if somebody chose them. */
export const HASHABLE_KINDS = ['payment', 'phone', 'device', 'template', 'system_prompt'] as const;
export type HashableKind = (typeof HASHABLE_KINDS)[number];

/** Kinds that leave as they are. */
export const PLAIN_KINDS = ['ip', 'prefix', 'asn', 'user_agent'] as const;
export type PlainKind = (typeof PLAIN_KINDS)[number];

/** What leaves. */
export type ShareSubject = { kind: 'campaign' | 'cluster'; id: number };

export interface ShareOptions {
  subject: ShareSubject;
  tlp: Tlp;
  /** Kinds whose values leave as keyed hashes. */
  hashed: readonly HashableKind[];
}
