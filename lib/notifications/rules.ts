/** What a notification says, and to whom. Pure. */
import type { NotificationKind } from './schema';

/** In the second person, for whoever is told. */
const TO_ONE: Record<NotificationKind, (who: string, what: string) => string> = {
  mention: (who, what) => `${who} named you in a comment on ${what}`,
  assigned: (who, what) => `${who} handed ${what} to you`,
  approval: (who, what) => `${who} proposed ${what}`,
  regrowth: (_, what) => `${what} grows again after its ban`,
  stopped: (who, what) => `${what} was stopped or paused by ${who}`,
};

/** For a team's chat, where nobody is "you". */
const TO_TEAM: Record<NotificationKind, (who: string, what: string) => string> = {
  ...TO_ONE,
  mention: (who, what) => `${who} named somebody in a comment on ${what}`,
  assigned: (who, what) => `${who} handed ${what} over`,
  approval: (who, what) => `${who} proposed ${what}: it waits for approval`,
};

export function wordsToOne(kind: NotificationKind, who: string, what: string): string {
  return TO_ONE[kind](who, what);
}

export function wordsToTeam(kind: NotificationKind, who: string, what: string): string {
  return TO_TEAM[kind](who, what);
}

/** A name on one line of plain text: nothing in it ends a line, turns the direction or hides. */
export function plainName(name: string): string {
  const plain = name.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return plain === '' ? 'Somebody' : plain.slice(0, 80);
}

/** The page of what it is about, under the desk's own address. */
export function linkTo(origin: string, objectType: string, objectId: string): string {
  const number = /^[A-Z]+-(\d{1,9})$/.exec(objectId)?.[1];
  if (number && objectType === 'cluster') return `${origin}/clusters/${number}`;
  if (number && objectType === 'proposal') return `${origin}/approvals/${number}`;
  return `${origin}/notifications`;
}
