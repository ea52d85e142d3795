import { formatCount, formatExpected } from '@/components/ui/format';
import type { EvidenceSummary } from '@/lib/clusters/schema';
import { KindIcon, kindLabel, kindShort } from './kind-icon';

/** One kind of evidence: shape, kind, members/population, and what chance would give. */
export function EvidenceChip({ evidence }: { evidence: EvidenceSummary }) {
  const { kind, members, population, expected } = evidence;
  const words = `${kindLabel(kind)}: ${formatCount(members)} members of ${formatCount(population)} accounts that have it; chance would give ${formatExpected(expected)}`;
  return (
    <span className="chip" title={words}>
      <KindIcon kind={kind} />
      <span className="clip">
        {kindShort(kind)}{' '}
        <b>
          {formatCount(members)}/{formatCount(population)}
        </b>
        <i> · exp {formatExpected(expected)}</i>
      </span>
    </span>
  );
}
