'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef, useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatCount, formatMoment } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import {
  type AdoptBacktestInput,
  BACKTEST_STEPS,
  type BacktestRow,
  type DiscardBacktestInput,
} from '@/lib/clusters/backtest-schema';
import type { DetectionConfig } from '@/lib/detection/schema';
import type { ActionResult } from '@/lib/errors';
import type { SettingValue } from '@/lib/settings/schema';
import { BacktestDiff } from './backtest-diff';
import { differences, plain } from './draft';

export interface BacktestActions {
  adopt: (input: AdoptBacktestInput) => Promise<ActionResult<unknown>>;
  discard: (input: DiscardBacktestInput) => Promise<ActionResult<unknown>>;
}

const STEP_WORDS: Record<string, string> = {
  'waiting for the run': 'Waiting for the run that works now',
  loading: 'Reading what is stored',
  'as it is': 'Detection as it is set',
  'as changed': 'Detection as it would be set',
  comparing: 'Comparing the two queues',
};

/** A change that is tried or was: how far it is, what it would do, and its adoption. */
export function BacktestPanel({
  initial,
  setting,
  actions,
}: {
  initial: BacktestRow;
  setting: SettingValue<DetectionConfig>;
  actions: BacktestActions | null;
}) {
  const router = useRouter();
  const { data: backtest, error } = useQuery({
    queryKey: ['backtest', initial.id],
    queryFn: ({ signal }) => readJson<BacktestRow>(`/api/detection/backtests/${initial.id}`, signal),
    initialData: initial,
    refetchInterval: ({ state }) => (isLive(state.data) ? 1_000 : 30_000),
  });
  const live = isLive(backtest);
  const wasLive = useRef(live);
  useEffect(() => {
    // The form below learns that it may try the next change.
    if (wasLive.current && !live) router.refresh();
    wasLive.current = live;
  }, [live, router]);
  const changes = differences(setting.value, backtest.value);
  const { result } = backtest;
  return (
    <section className="panel" aria-labelledby="backtest-title">
      <header>
        <h2 id="backtest-title">Backtest {backtest.id}</h2>
        <span className="small mute">
          by {backtest.requestedBy ? <RawText>{backtest.requestedBy}</RawText> : 'the command line'},{' '}
          <Ago at={backtest.requestedAt} ago />; over version {backtest.baseVersion}, nothing is applied yet
        </span>
        <span className="push" />
        {actions && <Discard id={backtest.id} live={live} discard={actions.discard} />}
      </header>
      <div className="d-tried">
        <span className="label">Tries</span>
        {changes.map(({ field, title, before, after }) => (
          <span key={field}>
            {title} <span className="mute">{plain(before)} →</span> <b>{plain(after)}</b>
          </span>
        ))}
        {changes.length === 0 && <span className="soft">what is in force by now</span>}
      </div>
      {live && <Progress backtest={backtest} problem={error ? error.message : null} />}
      {backtest.state === 'failed' && (
        <div className="body">
          <ProblemNote problem={backtest.problem ?? 'It did not finish. Try the change again.'} />
        </div>
      )}
      {result && <BacktestDiff result={result} names={backtest.names} />}
      {backtest.state === 'done' && actions && <Adopt backtest={backtest} adopt={actions.adopt} />}
    </section>
  );
}

const isLive = (row: BacktestRow | undefined) => row?.state === 'waiting' || row?.state === 'running';

function Progress({ backtest, problem }: { backtest: BacktestRow; problem: string | null }) {
  const at = (BACKTEST_STEPS as readonly (string | null)[]).indexOf(backtest.step);
  const words = backtest.step ? (STEP_WORDS[backtest.step] ?? backtest.step) : 'Waiting for the worker';
  const share = Math.max(0, at) / BACKTEST_STEPS.length;
  return (
    <div className="body d-progress" role="status">
      <span className="meter" aria-hidden="true">
        <i style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <span>
        {words}
        {at >= 0 && (
          <span className="mute">
            , step {at + 1} of {BACKTEST_STEPS.length}
          </span>
        )}
      </span>
      {problem !== null && <span className="small mute">{problem}</span>}
    </div>
  );
}

function Discard({ id, live, discard }: { id: number; live: boolean; discard: BacktestActions['discard'] }) {
  const { run, busy, problem } = useAct(discard);
  const submit = async () => {
    if (await run({ backtestId: id })) toast.success(`Backtest ${id} is discarded`);
  };
  return (
    <>
      {problem !== null && <span className="small mute">{problem}</span>}
      <Button variant="ghost" busy={busy} onClick={() => void submit()}>
        {live ? 'Stop and discard' : 'Discard'}
      </Button>
    </>
  );
}

/** Adopting says once more what is not covered by the backtest. */
function Adopt({ backtest, adopt }: { backtest: BacktestRow; adopt: BacktestActions['adopt'] }) {
  const id = useId();
  const [reason, setReason] = useState('');
  const [known, setKnown] = useState(false);
  const { run, busy, problem } = useAct(adopt);
  const { newerRecords, stale } = backtest;
  const ready = reason.trim().length >= 3 && stale === null && (newerRecords === 0 || known);
  const submit = async () => {
    if (!ready || busy) return;
    const done = await run({ backtestId: backtest.id, reason, acceptNewer: known });
    if (done) toast.success(`Adopted as version ${backtest.baseVersion + 1}; detection runs with it now`);
  };
  if (stale !== null) {
    return (
      <div className="d-adopt">
        <p className="note">
          <TriangleAlert className="i" aria-hidden="true" />
          <span>This backtest cannot be adopted any more. {stale}</span>
        </p>
      </div>
    );
  }
  return (
    <div className="d-adopt">
      <ReasonField
        value={reason}
        onChange={setReason}
        onSubmit={() => void submit()}
        placeholder="Why it is changed; the audit keeps it"
      />
      {newerRecords > 0 && (
        <label className="d-newer" htmlFor={id}>
          <input
            id={id}
            type="checkbox"
            checked={known}
            onChange={(event) => setKnown(event.target.checked)}
          />
          <span>
            {formatCount(newerRecords)} records came in since it looked
            {backtest.lookedAt && ` (${formatMoment(backtest.lookedAt)})`}: adopt it all the same
          </span>
        </label>
      )}
      <ProblemNote problem={problem} />
      <div className="d-row">
        <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void submit()}>
          Adopt as version {backtest.baseVersion + 1}
        </Button>
        <span className="small mute">from the next run on; the worker starts one at once</span>
      </div>
    </div>
  );
}
