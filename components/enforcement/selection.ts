/** Accounts selected on one page for a draft on another: too many for an address, so they lie in the tab's own storage. */
const KEY = 'weir selected accounts';

export function keepSelection(accountIds: readonly string[]): void {
  sessionStorage.setItem(KEY, JSON.stringify(accountIds));
}

/** The accounts that were selected last in this tab. */
export function readSelection(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
