import { Check, X } from 'lucide-react';
import { formatCount } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { Verification } from '@/lib/audit/verification-schema';
import type { VerifiedLog } from '@/lib/audit/verified-schema';

/** What a verification looked at, or where it stopped. */
export function CheckedList({ result, log }: { result: VerifiedLog; log: Verification }) {
  if (!result.ok) {
    return (
      <section>
        <h2>What was checked</h2>
        <p className="vf-wrong">
          <X className="i" aria-hidden="true" />
          {result.problem}
        </p>
        <p className="small soft">
          Change nothing. Keep the database, its backups and the checkpoints at{' '}
          {log.pushedTo ?? 'the second place'} as they are, and tell whoever runs this deployment.
        </p>
      </section>
    );
  }
  const checks: [string, string][] = [
    ['Entries hashed again', `all ${formatCount(result.entries)}`],
    ['Roots equal the checkpoints', formatCount(result.checkpoints)],
    ['Signatures are by the known key', log.publicKeys.at(-1)?.split('+')[1] ?? ''],
    ['Stored nodes are those of the entries', ''],
    ['Copy in the second place agrees', result.pushedTo],
  ];
  return (
    <section>
      <h2>What was checked</h2>
      <ul className="vf-checks">
        {checks.map(([words, figure]) => (
          <li key={words}>
            <Check className="i" aria-hidden="true" />
            <span>{words}</span>
            {figure && <RawText className="small mute push">{figure}</RawText>}
          </li>
        ))}
      </ul>
      {result.erased > 0 && (
        <p className="small soft">
          {formatCount(result.erased)} entries hold a value that was erased; their places and hashes stand.
        </p>
      )}
    </section>
  );
}
