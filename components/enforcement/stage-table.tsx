import { Activity, Check, Pause, TriangleAlert } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { formatCount, formatDuration, formatOf, formatPercent } from '@/components/ui/format';
import type { EnforcementAction, ProposalProgress, StageProgress } from '@/lib/enforcement/schema';
import { currentStage, DONE_WORD, tally } from './words';

const PARTS = [
  { key: 'done', className: 'p-d' },
  { key: 'skipped', className: 'p-k' },
  { key: 'sent', className: 'p-s' },
  { key: 'retrying', className: 'p-r' },
  { key: 'dead', className: 'p-x' },
] as const;

/** How far each stage is, by what became of its accounts. */
export function StageTable({ action, progress }: { action: EnforcementAction; progress: ProposalProgress }) {
  const { stages, status } = progress;
  const sum = tally(stages);
  const over = status === 'done' || status === 'stopped';
  const current = over ? -1 : currentStage(stages);
  return (
    <section className="panel" aria-labelledby="progress-title">
      <header>
        <h2 id="progress-title">Stages</h2>
        <span className="small mute">
          {formatCount(sum.done)} of {formatCount(sum.total)} {DONE_WORD[action]},{' '}
          {shareWords(sum.done, sum.total)}
        </span>
        <span className="push" />
        <span className="small soft">{paceWords(progress, sum.waiting)}</span>
      </header>
      <table className="p-progress">
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">
              <span className="vh">Progress</span>
            </th>
            <th scope="col" className="num">
              Done
            </th>
            <th scope="col" className="num p-narrow">
              Sent
            </th>
            <th scope="col" className="num">
              Retrying
            </th>
            <th scope="col" className="num">
              Failed
            </th>
            <th scope="col" className="num p-narrow">
              Skipped
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage, index) => (
            <tr key={stage.stage} className={index === current ? 'cur' : undefined}>
              <td>
                <b>{stage.name}</b> <span className="mute">{formatPercent(stage.upTo)}</span>
              </td>
              <td>
                <StageBar stage={stage} />
              </td>
              <td className="num">
                <b>{formatCount(stage.done)}</b>
                <span className="mute">/{formatCount(stage.total)}</span>
              </td>
              <Figure value={stage.sent} narrow />
              <Figure value={stage.retrying} />
              <Figure value={stage.dead} bad />
              <Figure value={stage.skipped} narrow />
              <td>
                <StageState stage={stage} progress={progress} current={index === current} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="legend p-legend">
        <span>
          <i className="swatch p-d" />
          {DONE_WORD[action]} at the provider
        </span>
        <span>
          <i className="swatch p-s" />
          sent, no answer yet
        </span>
        <span>
          <i className="swatch p-r" />
          retrying
        </span>
        <span>
          <i className="swatch p-x" />
          failed, given up
        </span>
        <span>
          <i className="swatch p-k" />
          skipped
        </span>
        <span>
          <i className="swatch p-0" />
          waiting
        </span>
      </div>
    </section>
  );
}

function StageBar({ stage }: { stage: StageProgress }) {
  const label = `${stage.done} done, ${stage.sent} sent, ${stage.retrying} retrying, ${stage.dead} failed, ${stage.skipped} skipped of ${stage.total}`;
  return (
    <span className="p-prog" role="img" aria-label={label}>
      {PARTS.map(({ key, className }) =>
        stage[key] === 0 ? null : (
          <i key={key} className={className} style={{ width: `${(stage[key] / stage.total) * 100}%` }} />
        ),
      )}
    </span>
  );
}

function Figure({ value, bad = false, narrow = false }: { value: number; bad?: boolean; narrow?: boolean }) {
  const tone = value === 0 ? 'mute' : bad ? 'p-bad' : '';
  return <td className={`num ${tone} ${narrow ? 'p-narrow' : ''}`}>{formatCount(value)}</td>;
}

function StageState({
  stage,
  progress,
  current,
}: {
  stage: StageProgress;
  progress: ProposalProgress;
  current: boolean;
}) {
  if (stage.total === 0) return <span className="mute">nobody in it</span>;
  if (stage.done + stage.dead + stage.skipped === stage.total) {
    return stage.dead > 0 ? (
      <Badge tone="bad" icon={<TriangleAlert className="i" aria-hidden="true" />}>
        {formatCount(stage.dead)} failed
      </Badge>
    ) : (
      <Badge tone="ok" icon={<Check className="i" aria-hidden="true" />}>
        Complete
      </Badge>
    );
  }
  if (progress.status === 'stopped') return <span className="soft">not carried on</span>;
  if (!current) return <span className="soft">waits its turn</span>;
  if (progress.status === 'paused') {
    return (
      <Badge tone="warn" icon={<Pause className="i" aria-hidden="true" />}>
        Paused
      </Badge>
    );
  }
  const busy = stage.done + stage.sent + stage.retrying > 0;
  return (
    <Badge tone="live" icon={<Activity className="i" aria-hidden="true" />}>
      {busy ? 'Under way' : 'Next'}
    </Badge>
  );
}

/** All is 100 %, and only all: 1,178 of 1,183 does not round up to it. */
function shareWords(done: number, total: number): string {
  return formatPercent(done < total ? Math.min(done / total, 0.99) : 1);
}

function paceWords({ status, perSecond, stages }: ProposalProgress, waiting: number): string {
  if (status === 'running') {
    const seconds = waiting / Math.max(1, perSecond);
    return waiting > 0
      ? `At most ${perSecond} a second, so ${formatDuration(seconds)} or more to go`
      : 'Last answers';
  }
  if (status === 'approved') return 'Starts when the worker is free';
  if (status === 'paused') return `${formatOf(waiting, 'account')} not sent yet`;
  if (status === 'stopped') return `${formatOf(waiting, 'account')} never sent`;
  const { dead, skipped } = tally(stages);
  if (dead > 0) return `${formatOf(dead, 'account')} given up; see why below`;
  return skipped > 0 ? `${formatOf(skipped, 'account')} skipped; see why below` : 'Nobody was left out';
}
