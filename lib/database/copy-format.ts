/** Postgres' binary COPY format. See "Binary Format" in the manual's page on COPY. */

export const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Signature, flags and the length of what extends the head, which is none. */
export const HEAD_BYTES = SIGNATURE.length + 8;
/** 2000-01-01, where Postgres begins to count, as days since 1970. */
export const DAY_2000 = 10_957;
