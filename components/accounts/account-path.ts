/** Address of an account's page; ids are the provider's and may hold anything. */
export function accountPath(id: string): string {
  return `/accounts/${encodeURIComponent(id)}`;
}
