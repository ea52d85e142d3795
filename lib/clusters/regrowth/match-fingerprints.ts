/** Young accounts that look like a banned cluster. Pure. */
import type { Snapshot } from '@/lib/detection/schema';
import { independentKinds } from '../independent-kinds';

export interface Fingerprint {
  clusterId: number;
  /** Epoch milliseconds; only accounts that began after it are young. */
  bannedAt: number;
  /** Kind by value id. */
  values: ReadonlyMap<string, string>;
}

export interface Match {
  clusterId: number;
  /** Index into the snapshot's accounts. */
  account: number;
  /** In the order of their names. */
  kinds: string[];
  /** When the account was made, or first seen; epoch milliseconds. */
  seenAt: number;
}

/** One card could be a coincidence or a customer's; a card and a phone are not. */
const KINDS_NEEDED = 2;

/** When an account began: when it was made, else when it was first seen; NaN when neither is known. */
export function beganAt({ activity }: Snapshot, account: number): number {
  const created = activity.createdAt[account]!;
  return Number.isNaN(created) ? activity.firstSeen[account]! : created;
}

/** Accounts younger than a ban that hold frozen values of two independent kinds, by cluster, oldest first. */
export function matchFingerprints(snapshot: Snapshot, prints: readonly Fingerprint[]): Match[] {
  const printsOf = new Map<number, { print: Fingerprint; kind: string }[]>();
  // What a list or a dismissal has since named as strangers' own says nothing any more.
  const listed = new Set(snapshot.listedValues?.map(({ value }) => value));
  snapshot.valueIds.forEach((id, value) => {
    if (listed.has(value)) return;
    for (const print of prints) {
      const kind = print.values.get(id);
      if (kind === undefined) continue;
      const list = printsOf.get(value);
      if (list) list.push({ print, kind });
      else printsOf.set(value, [{ print, kind }]);
    }
  });
  if (printsOf.size === 0) return [];
  const kindsOf = new Map<Fingerprint, Map<number, Set<string>>>(prints.map((print) => [print, new Map()]));
  const { account: accounts, value: values } = snapshot.links;
  for (let i = 0; i < accounts.length; i++) {
    const account = accounts[i]!;
    for (const { print, kind } of printsOf.get(values[i]!) ?? []) {
      if (!(beganAt(snapshot, account) > print.bannedAt)) continue;
      const found = kindsOf.get(print)!;
      const kinds = found.get(account);
      if (kinds) kinds.add(kind);
      else found.set(account, new Set([kind]));
    }
  }
  return prints.flatMap((print) =>
    [...kindsOf.get(print)!]
      .filter(([, kinds]) => independentKinds([...kinds]).size >= KINDS_NEEDED)
      .map(([account, kinds]) => ({
        clusterId: print.clusterId,
        account,
        kinds: [...kinds].sort(),
        seenAt: beganAt(snapshot, account),
      }))
      .sort((a, b) => a.seenAt - b.seenAt || a.account - b.account),
  );
}
