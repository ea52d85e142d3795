/** Ids as Postgres stores them: what is larger than its integers is nobody's id, and a query with one fails. */
import { z } from 'zod';
import { MAX_ID } from './max-id';

export { MAX_ID };

/** An id that a form or an address names. @param otherwise words for the person when it cannot be one */
export const storableId = (otherwise: string) =>
  z.coerce.number(otherwise).int(otherwise).positive(otherwise).max(MAX_ID, otherwise);
