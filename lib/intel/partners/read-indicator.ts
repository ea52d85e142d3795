/** An object that a partner sent, to the values that it names. Pure. */

import { acceptedIndicatorSchema, acceptedObjectSchema, type SkipReason } from '../partner-schema';
import type { Tlp } from '../share-schema';
import { validity } from '../stix/value-rules';
import { type NamedValue, readPattern } from './read-pattern';
import { tlpOf } from './tlp-of';

export interface ReadIndicator {
  values: NamedValue[];
  tlp: Tlp;
  confidence: number;
  validFrom: Date;
  validUntil: Date;
  modified: Date;
  revoked: boolean;
}

export type ReadObject = { id: string; version: string } & (
  | { skip: SkipReason; indicator: null }
  | { skip: null; indicator: ReadIndicator }
);

/** For whoever says nothing of it: the middle of "medium" in appendix A. */
const UNSAID_CONFIDENCE = 50;

/** @param json one object */
export function readIndicator(json: string, now: Date): ReadObject {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { id: '', version: now.toISOString(), skip: 'malformed', indicator: null };
  }
  const parsed = acceptedIndicatorSchema.safeParse(value);
  if (!parsed.success) return notAccepted(value, now);
  const { data } = parsed;
  const { id, modified } = data;
  const skip = (reason: SkipReason): ReadObject => ({ id, version: modified, skip: reason, indicator: null });
  const tlp = tlpOf(data.object_marking_refs);
  if (tlp === 'red') return skip('tlp_red');
  if (data.pattern_type !== 'stix') return skip('other_pattern');
  const values = readPattern(data.pattern);
  if (typeof values === 'string') return skip(values);
  const [first] = values;
  if (!first) return skip('invalid_pattern');
  const from = new Date(data.valid_from);
  const until = data.valid_until ? new Date(data.valid_until) : validity(first.kind, from, from).until;
  if (until <= from || Date.parse(modified) < Date.parse(data.created)) return skip('malformed');
  if (until <= now && !data.revoked) return skip('over');
  return {
    id,
    version: modified,
    skip: null,
    indicator: {
      values,
      tlp,
      confidence: data.confidence ?? UNSAID_CONFIDENCE,
      validFrom: from,
      validUntil: until,
      modified: new Date(modified),
      revoked: data.revoked ?? false,
    },
  };
}

/** Most of what comes is an indicator as it should be; whatever is not is looked at once more, for the reason. */
function notAccepted(value: unknown, now: Date): ReadObject {
  const object = acceptedObjectSchema.safeParse(value);
  if (!object.success) return { id: '', version: now.toISOString(), skip: 'malformed', indicator: null };
  const { id, type, spec_version, modified, created } = object.data;
  const reason =
    type !== 'indicator' ? 'no_indicator' : spec_version !== '2.1' ? 'other_version' : 'malformed';
  return { id, version: modified ?? created ?? now.toISOString(), skip: reason, indicator: null };
}
