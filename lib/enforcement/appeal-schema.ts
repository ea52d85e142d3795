/** Appeals as their queue, their page and their verbs see them. */

/** What an action has come to at its accounts' owners; accounts, not letters. */
export interface AppealRate {
  actedOn: number;
  appeals: number;
  granted: number;
}
