/** The audit page's filters as SQL. Columns stand without their table: a query may ask them of an alias. */
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { Prisma } from '@/lib/database/generated/client';
import { storableText } from '@/lib/storable-text';
import { aboutCondition } from './about-condition';
import type { AuditFilter, AuditView } from './filter-schema';
import { objectRef } from './object-ref';
import { isReadVerb, VIEW_NOUNS } from './rules';
import { AUDIT_VERBS, OBJECT_TYPES } from './schema';

/** A condition for WHERE, without the page's cursor; TRUE when nothing is filtered. */
export async function auditConditions(reader: Actor, filter: AuditFilter): Promise<Prisma.Sql> {
  const all = [
    inView(filter.view),
    filter.q ? matchesWord(filter.q, may(reader, 'desk.read_sensitive')) : null,
    filter.from ? Prisma.sql`at >= ${startOf(filter.from)}` : null,
    filter.to ? Prisma.sql`at < ${endOf(filter.to)}` : null,
    filter.verb ? hasVerb(storableText(filter.verb)) : null,
    filter.actor ? Prisma.sql`actor = ${storableText(filter.actor)}` : null,
    filter.object ? isObject(storableText(filter.object)) : null,
    filter.about ? await aboutCondition(storableText(filter.about)) : null,
    filter.outcome ? Prisma.sql`outcome = ${filter.outcome}::audit_outcome` : null,
  ].filter((condition) => condition !== null);
  return all.length === 0 ? Prisma.sql`TRUE` : Prisma.join(all, ' AND ');
}

function inView(view: AuditView): Prisma.Sql | null {
  if (view === 'all') return null;
  if (view === 'refused') return Prisma.sql`outcome = 'refused'`;
  if (view === 'reads')
    return Prisma.sql`verb COLLATE "C" = ANY(${AUDIT_VERBS.filter((verb) => isReadVerb(verb))}::text[])`;
  return Prisma.sql`(${Prisma.join(VIEW_NOUNS[view].map(hasNoun), ' OR ')})`;
}

/** One range of the index: "/" follows ".". */
function hasNoun(noun: string): Prisma.Sql {
  return Prisma.sql`verb COLLATE "C" >= ${`${noun}.`} AND verb COLLATE "C" < ${`${noun}/`}`;
}

/** Whoever sees no addresses must not find them either: theirs is a search in what they are shown. */
function matchesWord(word: string, sensitive: boolean): Prisma.Sql {
  const pattern = likePattern(word);
  const label = sensitive ? Prisma.sql`object_label` : withoutAddresses(Prisma.sql`object_label`);
  const reason = sensitive ? Prisma.sql`reason` : withoutAddresses(Prisma.sql`reason`);
  return Prisma.sql`(object_id ILIKE ${pattern} OR actor ILIKE ${pattern} OR actor_name ILIKE ${pattern}
    OR verb ILIKE ${pattern} OR ${label} ILIKE ${pattern} OR ${reason} ILIKE ${pattern})`;
}

/** At least all that hideAddresses() takes away. */
function withoutAddresses(text: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`regexp_replace(${text},
    '[[:alnum:]_.+-]+@\\S+|(\\d{1,3}\\.){3}\\d{1,3}|([[:xdigit:]]{0,4}:){2,7}([[:xdigit:]]{0,4}|(\\d{1,3}\\.){3}\\d{1,3})', ' ', 'g')`;
}

/** Contains the text as it stands: its own % and _ are not wildcards. */
function likePattern(text: string): string {
  return `%${storableText(text).replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** Midnight of a day, or the minute itself. */
function startOf(moment: string): Date {
  return new Date(moment.length === 10 ? `${moment}T00:00Z` : `${moment}Z`);
}

/** What follows the day or the minute, both being wholly inside. */
function endOf(moment: string): Date {
  return new Date(startOf(moment).getTime() + (moment.length === 10 ? 86_400_000 : 60_000));
}

function hasVerb(verb: string): Prisma.Sql {
  const wanted = verb.replace(/^!/, '');
  const condition = wanted.endsWith('.*')
    ? hasNoun(wanted.slice(0, -2))
    : Prisma.sql`verb COLLATE "C" = ${wanted}`;
  return verb.startsWith('!') ? Prisma.sql`NOT (${condition})` : Prisma.sql`(${condition})`;
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
