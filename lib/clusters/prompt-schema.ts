/** A cluster's prompts: templates, and the few redacted exemplars of each. Times are ISO 8601 strings in UTC. */

export interface Exemplar {
  /** Hostile text, redacted. */
  text: string;
  accountId: string;
  /** Index into PATTERN_CLASSES. */
  class: number;
  expiresAt: string;
}

export interface PromptTemplate {
  kind: 'template' | 'system_prompt';
  indicatorId: string;
  /** Skeleton: instruction words, `_` where the prompts differ. Or a provider's own name of the template. */
  skeleton: string;
  members: number;
  population: number;
  expected: number;
  /** Exchanges by pattern class, most first, of up to `sampled` members that hold it. */
  classes: { class: number; exchanges: number }[];
  sampled: number;
  /** How many there are; `exemplars` holds them once they were asked for. */
  exemplarCount: number;
  exemplars: Exemplar[];
}

export interface ClusterPrompts {
  /** By members, most first. */
  templates: PromptTemplate[];
  /** All that the cluster holds; the strongest are shown. */
  total: number;
  /** True when the exemplars' texts are in it; that reading is in the audit. */
  withExemplars: boolean;
}
