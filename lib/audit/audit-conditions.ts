/** The audit page's filters as SQL. */
import { Prisma } from '@/lib/database/generated/client';
import { storableText } from '@/lib/storable-text';
import { objectRef } from './object-ref';
import { type AuditFilter, OBJECT_TYPES } from './schema';

const VIEWS: Record<AuditFilter['view'], Prisma.Sql | null> = {
  all: null,
  decisions: Prisma.sql`split_part(verb, '.', 1) = 'cluster'`,
  enforcement: Prisma.sql`split_part(verb, '.', 1) IN ('proposal', 'enforcement')`,
  access: Prisma.sql`split_part(verb, '.', 1) IN ('user', 'key', 'data')`,
  refused: Prisma.sql`outcome = 'refused'`,
};

/** A condition for WHERE, without the page's cursor; TRUE when nothing is filtered. */
export function auditConditions(filter: AuditFilter): Prisma.Sql {
  const all = [
    VIEWS[filter.view],
    filter.q ? matchesWord(filter.q) : null,
    filter.day ? onDay(filter.day) : null,
    filter.verb ? hasVerb(storableText(filter.verb)) : null,
    filter.actor ? Prisma.sql`actor = ${storableText(filter.actor)}` : null,
    filter.object ? isObject(storableText(filter.object)) : null,
    filter.outcome ? Prisma.sql`outcome = ${filter.outcome}::audit_outcome` : null,
  ].filter((condition) => condition !== null);
  return all.length === 0 ? Prisma.sql`TRUE` : Prisma.join(all, ' AND ');
}

function matchesWord(word: string): Prisma.Sql {
  const pattern = likePattern(word);
  return Prisma.sql`(object_id ILIKE ${pattern} OR object_label ILIKE ${pattern} OR actor ILIKE ${pattern}
    OR actor_name ILIKE ${pattern} OR verb ILIKE ${pattern} OR reason ILIKE ${pattern})`;
}

/** Contains the text as it stands: its own % and _ are not wildcards. */
function likePattern(text: string): string {
  return `%${storableText(text).replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** A UTC day, from midnight to midnight. */
function onDay(day: string): Prisma.Sql {
  const from = new Date(`${day}T00:00:00Z`);
  const to = new Date(from.getTime() + 86_400_000);
  return Prisma.sql`at >= ${from} AND at < ${to}`;
}

/** "cluster.confirm", "cluster.*" for a noun, and either with "!" before it for all others. */
function hasVerb(verb: string): Prisma.Sql {
  const wanted = verb.replace(/^!/, '');
  const condition = wanted.endsWith('.*')
    ? Prisma.sql`split_part(verb, '.', 1) = ${wanted.slice(0, -2)}`
    : Prisma.sql`verb = ${wanted}`;
  return verb.startsWith('!') ? Prisma.sql`NOT (${condition})` : condition;
}

/** A type alone ("proposal"), a type and an id ("account:acct_1"), or an id of any type ("CL-12", in any case). */
function isObject(object: string): Prisma.Sql {
  const colon = object.indexOf(':');
  const type = colon < 0 ? object : object.slice(0, colon);
  if (!(OBJECT_TYPES as readonly string[]).includes(type))
    return Prisma.sql`object_id IN (${object}, ${object.toUpperCase()})`;
  const ofType = Prisma.sql`object_type = ${type}`;
  return colon < 0
    ? ofType
    : Prisma.sql`${ofType} AND object_id = ${objectRef(type, object.slice(colon + 1))}`;
}
