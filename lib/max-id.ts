/** The largest id that a column of Postgres holds. */
export const MAX_ID = 2_147_483_647;
