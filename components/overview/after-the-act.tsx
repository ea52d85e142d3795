import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { WrongActionsBody } from '@/components/appeals/wrong-actions';
import { formatOf } from '@/components/ui/format';
import type { WrongActions } from '@/lib/enforcement/appeal-schema';

/** What became of actions: owners who were right, and accounts that the provider reports otherwise. */
export function AfterTheAct({ wrong, conflicts }: { wrong: WrongActions; conflicts: number }) {
  return (
    <section className="panel" aria-labelledby="after-act">
      <header>
        <h2 id="after-act">After the act</h2>
        {conflicts > 0 && (
          <Link className="push hs warn" href="/accounts?conflict=yes">
            <TriangleAlert className="i" aria-hidden="true" />
            {formatOf(conflicts, 'account')} reported otherwise
          </Link>
        )}
      </header>
      <div className="body">
        <WrongActionsBody wrong={wrong} />
      </div>
    </section>
  );
}
