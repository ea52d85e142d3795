/** Text that Postgres stores: NUL characters and halves of surrogate pairs become the replacement character. What
 * people type and what stands in an address may hold them, and a query with one fails as a whole. */
export function storableText(text: string): string {
  return text.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD');
}
