/** How tall the rows of the queue are: a choice kept in a cookie, so that the first picture has it. */
export type Density = 'comfortable' | 'compact';

export const DENSITY_COOKIE = 'weir_density';

/** Pixels of a row. */
export const ROW_HEIGHT: Record<Density, number> = { comfortable: 40, compact: 28 };

/** What a cookie says, or two lines a row. */
export function parseDensity(value: string | undefined): Density {
  return value === 'compact' ? 'compact' : 'comfortable';
}

/** Keeps the choice for a year. Browser only. */
export function keepDensity(density: Density): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari before 18.4
  document.cookie = `${DENSITY_COOKIE}=${density}; path=/; max-age=31536000; samesite=lax`;
}
