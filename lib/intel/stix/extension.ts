/** Our extension of STIX for abuse of accounts at providers of language models. The same in every deployment. */

export const EXTENSION_ID = 'extension-definition--8614e6b8-d017-40dd-9e87-f8bc8f7a2810';
const AUTHOR_ID = 'identity--bf03b4b4-a98f-4dbf-b3d1-a1440c5f03dd';
/** A new date comes with a new version of the definition, never without. */
const PUBLISHED = '2026-11-28T00:00:00.000Z';

/** The type of an observable that stands for something only a provider knows, as a keyed hash. */
export const TRAIT_TYPE = 'llm-account-trait' as const;

const SCHEMA = [
  'On campaign and infrastructure (property-extension), of accounts at a provider of language models that act as one:',
  'accounts, exchanges, input_tokens, output_tokens (integers); pattern_classes (object: share of exchanges, 0 to 1, by what the prompts ask for:',
  'reasoning_elicitation, rubric_grading, tool_use_harvest, safe_rewrite, synthetic_data, code_tasks, other);',
  'on infrastructure also quadrant (distillation, reseller_review, lone_extraction or benign) and review (confirmed or unconfirmed by a person).',
  'On indicator (property-extension): members, population (integers: accounts of the operation that show the value, and all accounts that do).',
  `${TRAIT_TYPE} (new-sco): trait (payment, phone, device, template or system_prompt); algorithm (HMAC-SHA-256);`,
  'key_id (string: the first 16 hexadecimal digits of the SHA-256 of the key, which partners agree on elsewhere);',
  'value (string: 64 hexadecimal digits, the HMAC of the trait, a line feed and the plain value in UTF-8).',
  'Its ID contributing properties are trait, algorithm, key_id and value.',
].join(' ');

export const EXTENSION_AUTHOR = {
  type: 'identity',
  spec_version: '2.1',
  id: AUTHOR_ID,
  created: PUBLISHED,
  modified: PUBLISHED,
  name: 'Weir',
  identity_class: 'system',
} as const;

export const EXTENSION_DEFINITION = {
  type: 'extension-definition',
  spec_version: '2.1',
  id: EXTENSION_ID,
  created_by_ref: AUTHOR_ID,
  created: PUBLISHED,
  modified: PUBLISHED,
  name: 'LLM account abuse',
  description: 'Accounts at a provider of language models that act as one, and what ties them together.',
  schema: SCHEMA,
  version: '1.0.0',
  extension_types: ['property-extension', 'new-sco'] as ('property-extension' | 'new-sco')[],
} as const;
