/** Ids as Postgres stores them: what is larger than its integers is nobody's id, and a query with one fails. */
import { z } from 'zod';

/** The largest id that a column holds. */
export const MAX_ID = 2_147_483_647;

/** An id that a form or an address names. @param otherwise words for the person when it cannot be one */
export const storableId = (otherwise: string) =>
  z.coerce.number(otherwise).int(otherwise).positive(otherwise).max(MAX_ID, otherwise);
