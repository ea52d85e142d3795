/** STIX 2.1 as we emit it, strictly: an unknown property is an error of ours. After the OASIS standard of 10 June 2021. */
import { z } from 'zod';
import { HASHABLE_KINDS } from '../share-schema';
import { EXTENSION_ID, TRAIT_TYPE } from './extension';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const id = (type: string) => z.string().regex(new RegExp(`^${type}--${UUID}$`));
/** Section 3.2: created and modified have exactly three digits after the second. */
const timestamp = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const count = z.int().min(0);
const confidence = z.int().min(0).max(100);
const name = z.string().min(1);

const marked = { object_marking_refs: z.array(id('marking-definition')).length(1) };
const core = <T extends string>(type: T) => ({
  type: z.literal(type),
  spec_version: z.literal('2.1'),
  id: id(type),
});
/** Common properties of domain and relationship objects. */
const versioned = <T extends string>(type: T) => ({
  ...core(type),
  created_by_ref: id('identity'),
  created: timestamp,
  modified: timestamp,
  ...marked,
});

const volume = {
  extension_type: z.literal('property-extension'),
  accounts: count,
  exchanges: count,
  input_tokens: count,
  output_tokens: count,
  pattern_classes: z.record(z.string(), z.number().min(0).max(1)),
};
const ours = <T extends z.ZodType>(shape: T) => z.strictObject({ [EXTENSION_ID]: shape });

const identity = z.strictObject({
  ...core('identity'),
  created: timestamp,
  modified: timestamp,
  name,
  identity_class: z.enum(['organization', 'system']),
  contact_information: z.string().min(1).optional(),
  object_marking_refs: marked.object_marking_refs.optional(),
});

const extensionDefinition = z.strictObject({
  ...core('extension-definition'),
  created_by_ref: id('identity'),
  created: timestamp,
  modified: timestamp,
  name,
  description: z.string(),
  schema: z.string().min(1),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  extension_types: z.array(z.enum(['property-extension', 'new-sco'])).min(1),
});

const markingDefinition = z.strictObject({
  ...core('marking-definition'),
  created: timestamp,
  name,
  extensions: z.record(
    id('extension-definition'),
    z.strictObject({ extension_type: z.literal('property-extension'), tlp_2_0: z.string() }),
  ),
});

const campaign = z.strictObject({
  ...versioned('campaign'),
  name,
  description: z.string().min(1).optional(),
  first_seen: timestamp.optional(),
  last_seen: timestamp.optional(),
  objective: z.string(),
  confidence,
  extensions: ours(z.strictObject(volume)),
});

const threatActor = z.strictObject({
  ...versioned('threat-actor'),
  name,
  aliases: z.array(name).min(1).optional(),
  confidence,
});

const infrastructure = z.strictObject({
  ...versioned('infrastructure'),
  name,
  description: z.string().min(1),
  // 'undefined' was said by earlier versions, and stands in what was frozen then.
  infrastructure_types: z.array(z.enum(['unknown', 'undefined'])).min(1),
  first_seen: timestamp.optional(),
  last_seen: timestamp.optional(),
  confidence,
  extensions: ours(
    z.strictObject({
      ...volume,
      quadrant: z.enum(['distillation', 'reseller_review', 'lone_extraction', 'benign']),
      review: z.enum(['confirmed', 'unconfirmed']),
    }),
  ),
});

const indicator = z.strictObject({
  ...versioned('indicator'),
  name,
  description: z.string().min(1),
  indicator_types: z.array(z.enum(['malicious-activity', 'anomalous-activity'])).length(1),
  pattern: z.string().min(1),
  pattern_type: z.literal('stix'),
  pattern_version: z.literal('2.1'),
  valid_from: timestamp,
  valid_until: timestamp,
  confidence,
  extensions: ours(
    z.strictObject({ extension_type: z.literal('property-extension'), members: count, population: count }),
  ),
});

const observedData = z.strictObject({
  ...versioned('observed-data'),
  first_observed: timestamp,
  last_observed: timestamp,
  number_observed: z.int().min(1).max(999_999_999),
  object_refs: z.array(z.string()).min(1),
});

const report = z.strictObject({
  ...versioned('report'),
  name,
  description: z.string().min(1).optional(),
  report_types: z.array(z.literal('campaign')).length(1),
  published: timestamp,
  object_refs: z.array(z.string()).min(1),
});

const grouping = z.strictObject({
  ...versioned('grouping'),
  name,
  context: z.literal('suspicious-activity'),
  object_refs: z.array(z.string()).min(1),
});

const relationship = z.strictObject({
  ...versioned('relationship'),
  relationship_type: z.enum(['attributed-to', 'uses', 'indicates', 'consists-of', 'based-on']),
  description: z.string().min(1).optional(),
  source_ref: z.string(),
  target_ref: z.string(),
  confidence: confidence.optional(),
});

const sighting = z.strictObject({
  ...versioned('sighting'),
  first_seen: timestamp,
  last_seen: timestamp,
  count: z.int().min(0).max(999_999_999),
  sighting_of_ref: z.string(),
  where_sighted_refs: z.array(id('identity')).length(1),
});

const address = z.strictObject({ ...core('ipv4-addr'), value: z.string().min(1), ...marked });
const address6 = z.strictObject({ ...core('ipv6-addr'), value: z.string().min(1), ...marked });
const autonomousSystem = z.strictObject({
  ...core('autonomous-system'),
  number: z.int().min(0).max(4_294_967_295),
  ...marked,
});
const trait = z.strictObject({
  ...core(TRAIT_TYPE),
  trait: z.enum(HASHABLE_KINDS),
  algorithm: z.literal('HMAC-SHA-256'),
  key_id: z.string().regex(/^[0-9a-f]{16}$/),
  value: z.string().regex(/^[0-9a-f]{64}$/),
  ...marked,
  extensions: ours(z.strictObject({ extension_type: z.literal('new-sco') })),
});

const stixObject = z.discriminatedUnion('type', [
  identity,
  extensionDefinition,
  markingDefinition,
  campaign,
  threatActor,
  infrastructure,
  indicator,
  observedData,
  report,
  grouping,
  relationship,
  sighting,
  address,
  address6,
  autonomousSystem,
  trait,
]);
export type StixObject = z.infer<typeof stixObject>;

export const bundleSchema = z.strictObject({
  type: z.literal('bundle'),
  id: id('bundle'),
  objects: z.array(stixObject).min(1),
});
export type Bundle = z.infer<typeof bundleSchema>;

/** Objects before they have a version: `created` and `modified` are given when they leave. */
type Unstamped<T> = T extends { modified: string } ? Omit<T, 'created' | 'modified'> : T;
export type UnstampedObject = Unstamped<StixObject>;
