import { IpRanges } from '@/lib/infrastructure/ip-ranges';
import { readLiveEntries } from '@/lib/infrastructure/read-live-entries';
import { isSimulated } from '../is-simulated';
import type { PartnerHeld } from '../partner-schema';
import { heldByItself, spanOf } from './hold-rules';
import type { NamedValue } from './read-pattern';

/** Why a value waits for a person, by itself and by the lists of infrastructure that are in force. */
export async function holdBy(at: Date): Promise<(value: NamedValue) => PartnerHeld | null> {
  const [entries, simulated] = await Promise.all([readLiveEntries(at), isSimulated()]);
  const ranges = new IpRanges(entries.flatMap(({ span, listId }) => (span ? [{ span, label: listId }] : [])));
  const named = new Set(entries.flatMap(({ span, kind, value }) => (span ? [] : [`${kind}\n${value}`])));
  return (value) => {
    const span = spanOf(value);
    const held = heldByItself(value, span);
    if (held && !(simulated && held === 'private_address')) return held;
    const isListed =
      (span !== null && ranges.find(span) >= 0) ||
      (named.size > 0 && named.has(`${value.kind}\n${value.value}`));
    return isListed ? 'listed' : null;
  };
}
