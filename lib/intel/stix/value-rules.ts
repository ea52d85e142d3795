/** Which shared values may leave, how sure an indicator of one is, and how long it holds. Pure. */
import { HASHABLE_KINDS, type HashableKind, PLAIN_KINDS, type PlainKind } from '../share-schema';

const DAY_MS = 86_400_000;

/** Days after it was last seen for which a value still tells something. Addresses change hands, cards do not. */
const HOLDS_DAYS: Record<PlainKind | HashableKind, number> = {
  ip: 30,
  prefix: 30,
  asn: 90,
  user_agent: 90,
  device: 180,
  phone: 365,
  payment: 365,
  template: 180,
  system_prompt: 180,
};

/** The least share of a value's holders that must be in the operation: below it the value names others. */
const LEAST_SHARE = 0.5;

export function isPlainKind(kind: string): kind is PlainKind {
  return (PLAIN_KINDS as readonly string[]).includes(kind);
}

export function isHashableKind(kind: string): kind is HashableKind {
  return (HASHABLE_KINDS as readonly string[]).includes(kind);
}

/** Why a value stays, or null when it may leave. */
export function objectionToValue(value: {
  members: number;
  population: number;
}): 'one_account' | 'held_by_others' | null {
  if (value.members < 2) return 'one_account';
  return value.members / value.population < LEAST_SHARE ? 'held_by_others' : null;
}

/** From the first day it was seen until it no longer tells anything. */
export function validity(
  kind: PlainKind | HashableKind,
  firstDay: Date,
  lastDay: Date,
): { from: Date; until: Date } {
  return { from: firstDay, until: new Date(lastDay.getTime() + (HOLDS_DAYS[kind] + 1) * DAY_MS) };
}

/** Lower end of the 90 % interval of a share (Wilson 1927). */
export function shareAtLeast(members: number, population: number): number {
  if (population <= 0) return 0;
  const z = 1.645;
  const share = members / population;
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * population)) / population);
  return Math.max(0, (share + (z * z) / (2 * population) - spread) / (1 + (z * z) / population));
}

/** Confidence of an indicator, 0 to 95: the share of its holders that is surely in the operation; half of it while
 * nobody has confirmed the cluster. */
export function indicatorConfidence(
  value: { members: number; population: number },
  confirmed: boolean,
): number {
  const sure = shareAtLeast(value.members, value.population);
  return Math.min(95, Math.round(100 * sure * (confirmed ? 1 : 0.5)));
}
