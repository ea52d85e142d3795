'use client';

import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { isOwnPaused } from '@/lib/enforcement/rules';
import type { EnforcementAction, ItemState, ProposalProgress } from '@/lib/enforcement/schema';
import { ItemRowLine } from './item-row-line';
import { type RetryAction, RetryDialog } from './retry-dialog';
import { useItems } from './use-progress';
import { ITEM_WORD, tally } from './words';

const FIRST = 12;
const MORE = 100;
/** As many as one read may answer. */
const MOST = 500;
/** Statuses in which accounts that were given up may be tried again. */
const RETRIED_FROM: readonly string[] = ['running', 'paused', 'done'];
const FILTERS = ['waiting', 'sent', 'retrying', 'dead', 'skipped'] as const;

/** What became of each account, newest first. */
export function ItemTable({
  id,
  action,
  proposedById,
  progress,
  quiet,
  retry,
}: {
  id: number;
  action: EnforcementAction;
  proposedById: number;
  progress: ProposalProgress;
  retry: RetryAction;
  /** The page says already that it is not up to date. */
  quiet: boolean;
}) {
  const [state, setState] = useState<ItemState | null>(null);
  const [limit, setLimit] = useState(FIRST);
  /** Accounts that are about to be tried again; all that were given up where none are named. */
  const [again, setAgain] = useState<readonly string[] | 'all' | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { may, person } = useDesk();
  const retries =
    may('enforcement.steer') &&
    RETRIED_FROM.includes(progress.status) &&
    !isOwnPaused(person, { ...progress, proposedById });
  const { data, error, isPending, isPlaceholderData } = useItems(id, {
    state,
    limit,
    status: progress.status,
  });
  const sum = tally(progress.stages);
  const rows = data?.rows ?? (state === null ? progress.recent.slice(0, FIRST) : []);
  const total = data?.total ?? (state === null ? sum.total : sum[state]);
  const choose = (next: ItemState | null) => {
    setState(next);
    setLimit(FIRST);
    setChosen(new Set());
  };
  const dead = rows.filter((row) => row.state === 'dead').map((row) => row.accountId);
  // What was tried again meanwhile is no longer there to choose.
  const ticked = dead.filter((accountId) => chosen.has(accountId));
  const tick = (accountIds: readonly string[], on: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      for (const accountId of accountIds) {
        if (on) after.add(accountId);
        else after.delete(accountId);
      }
      return after;
    });
  const ticks = retries && dead.length > 0;
  return (
    <section className="panel" aria-labelledby="items-title">
      <header>
        <h2 id="items-title">Accounts</h2>
        <fieldset className="seg">
          <legend className="vh">State</legend>
          <button type="button" aria-pressed={state === null} onClick={() => choose(null)}>
            All {formatCount(sum.total)}
          </button>
          {FILTERS.filter(
            (each) => sum[each] > 0 || each === state || each === 'dead' || each === 'retrying',
          ).map((each) => (
            <button key={each} type="button" aria-pressed={state === each} onClick={() => choose(each)}>
              {ITEM_WORD[each]} {formatCount(sum[each])}
            </button>
          ))}
        </fieldset>
        <span className="push" />
        {retries && sum.dead > 0 && (
          <Button onClick={() => setAgain(ticked.length > 0 ? ticked : 'all')}>
            <RefreshCw className="i" aria-hidden="true" />
            {ticked.length > 0
              ? `Try ${formatCount(ticked.length)} of ${formatCount(sum.dead)} failed again…`
              : `Try ${formatOf(sum.dead, 'failed account')} again…`}
          </Button>
        )}
      </header>
      {again !== null && (
        <RetryDialog
          id={id}
          accountIds={again === 'all' ? undefined : again}
          count={again === 'all' ? sum.dead : again.length}
          retry={retry}
          onDone={() => setChosen(new Set())}
          onClose={() => setAgain(null)}
        />
      )}
      {error && !quiet && (
        <p className="p-stale small" role="status">
          {error.message}
        </p>
      )}
      <table className={`grid rows-32 plain p-items${isPlaceholderData ? ' p-dim' : ''}`}>
        <thead>
          <tr>
            {ticks && (
              <th scope="col" className="p-tick">
                <input
                  type="checkbox"
                  aria-label="Choose all failed accounts shown here"
                  checked={ticked.length === dead.length}
                  ref={(box) => {
                    if (box) box.indeterminate = ticked.length > 0 && ticked.length < dead.length;
                  }}
                  onChange={(event) => tick(dead, event.target.checked)}
                />
              </th>
            )}
            <th scope="col" className="p-c-time">
              Time, UTC
            </th>
            <th scope="col" className="p-c-account">
              Account
            </th>
            <th scope="col" className="p-c-state">
              State
            </th>
            <th scope="col">What happened</th>
            <th scope="col" className="num p-c-took">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ItemRowLine
              key={row.accountId}
              row={row}
              action={action}
              ticked={ticks ? chosen.has(row.accountId) : undefined}
              onTick={(on) => tick([row.accountId], on)}
              onRetry={retries ? () => setAgain([row.accountId]) : undefined}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && !isPending && (
        <p className="p-empty soft">
          {state === null
            ? 'Nothing was sent yet.'
            : `No account is ${ITEM_WORD[state as keyof typeof ITEM_WORD].toLowerCase()}.`}{' '}
          {state !== null && (
            <button type="button" className="link" onClick={() => choose(null)}>
              Show all {formatCount(sum.total)}
            </button>
          )}
        </p>
      )}
      {total > rows.length && rows.length > 0 && (
        <footer className="p-more">
          <span className="small mute">
            {formatCount(rows.length)} of {formatCount(total)} shown
          </span>
          <Button
            variant="ghost"
            onClick={() => setLimit(Math.min(MOST, limit + MORE))}
            disabled={limit >= MOST}
          >
            {limit >= MOST ? 'Filter by state to see others' : 'Show more'}
          </Button>
        </footer>
      )}
    </section>
  );
}
