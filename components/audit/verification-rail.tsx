'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, CircleAlert, Download, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { readJson } from '@/components/shell/read-json';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatAge, formatCount, formatDuration, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { Refused } from '@/components/ui/tooltip';
import { useAct } from '@/components/ui/use-act';
import type { Verification } from '@/lib/audit/verification-schema';
import type { VerifiedLog } from '@/lib/audit/verified-schema';
import type { ActionResult } from '@/lib/errors';
import { CheckedList } from './checked-list';
import './verification.css';

const LOOK_AGAIN_MS = 10_000;

type Verify = (input: null) => Promise<ActionResult<VerifiedLog>>;

/** How far the log can be proved, what that means, and what it does not. Below 1180 px it folds to one line. */
export function VerificationRail({ initial, verify }: { initial: Verification; verify: Verify }) {
  const { data: log } = useQuery({
    queryKey: ['audit verification'],
    queryFn: ({ signal }) => readJson<Verification>('/api/audit/verification', signal),
    initialData: initial,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const [result, setResult] = useState<VerifiedLog | null>(null);
  const [open, setOpen] = useState(false);
  const head = headline(log, result);
  return (
    <aside className="rail au-rail" aria-label="Verification" data-open={open}>
      <section>
        <div className="vf-head">
          <span className={`vf-seal ${head.tone}`}>
            <head.Icon className="i" aria-hidden="true" />
          </span>
          <div role="status">
            <h2>{head.title}</h2>
            <p className="small soft">{head.note}</p>
          </div>
          <Button
            variant="ghost"
            icon
            className="vf-fold push"
            aria-expanded={open}
            aria-label={open ? 'Fold the verification' : 'Unfold the verification'}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown className="i" aria-hidden="true" />
          </Button>
        </div>
        <Standing log={log} />
        <Acts log={log} verify={verify} onResult={setResult} />
      </section>
      {result && <CheckedList result={result} log={log} />}
      <section>
        <h2>What this proves</h2>
        <ul className="vf-words">
          {log.provesWords.proves.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </section>
      <section>
        <h2>What it does not prove</h2>
        <ul className="vf-words vf-not">
          {log.provesWords.doesNot.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <p className="small soft vf-own">Check it yourself:</p>
        <p className="vf-command mono">
          <span className="clip">{COMMAND}</span>
          <CopyButton small text={COMMAND} label="Copy the command" />
        </p>
      </section>
    </aside>
  );
}

const COMMAND = 'npm run -s weir -- audit verify --checkpoint checkpoint.txt';

function headline(log: Verification, result: VerifiedLog | null) {
  if (result && !result.ok) {
    const where = result.firstBad === null ? '' : ` at entry ${formatCount(result.firstBad)}`;
    return { title: `Not intact${where}`, note: result.problem, tone: 'bad', Icon: ShieldAlert };
  }
  if (log.state === 'refused')
    return { title: 'Nothing is signed', note: log.words, tone: 'bad', Icon: ShieldAlert };
  if (log.state === 'behind')
    return { title: 'Signing is late', note: log.words, tone: 'warn', Icon: CircleAlert };
  if (log.state === 'empty')
    return { title: 'Nothing to verify yet', note: log.words, tone: '', Icon: CircleAlert };
  if (result?.ok) {
    const note = (
      <>
        verified <Ago at={result.at} ago />, in {formatDuration(result.seconds)}
      </>
    );
    return {
      title: `Intact to entry ${formatCount(result.signed - 1)}`,
      note,
      tone: 'ok',
      Icon: ShieldCheck,
    };
  }
  return {
    title: `Signed to entry ${formatCount(log.signedSize - 1)}`,
    note: 'Not verified on this page yet: signing alone does not read the entries again.',
    tone: '',
    Icon: ShieldCheck,
  };
}

function Standing({ log }: { log: Verification }) {
  const rows: [string, React.ReactNode][] = [
    ['Tree size', formatCount(log.size)],
    [
      'Checkpoint',
      log.signedAt ? (
        <>
          signed <Ago at={log.signedAt} ago />
        </>
      ) : (
        'none yet'
      ),
    ],
    ['Root', log.root && <RawText className="mono">{shorten(log.root)}</RawText>],
    [
      'Key',
      log.publicKeys.length > 0 && <RawText className="mono">{keyName(log.publicKeys.at(-1) ?? '')}</RawText>,
    ],
    [
      'Not covered yet',
      log.lag.entries === 0
        ? 'nothing'
        : `${formatOf(log.lag.entries, 'entry', 'entries')}, ${formatAge(log.lag.seconds * 1000)}`,
    ],
    ['Second place', log.pushedTo && <RawText className="mono">{log.pushedTo}</RawText>],
  ];
  return (
    <dl className="vf-kv">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value || <span className="mute">–</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "q8VnT0cXy…m3xE=". */
function shorten(text: string): string {
  return text.length > 18 ? `${text.slice(0, 9)}…${text.slice(-5)}` : text;
}

/** "weir/0a1b…+7c1f09e2" of "weir/<id>+<hash>+<key>". */
function keyName(key: string): string {
  const [name = '', hash = ''] = key.split('+');
  return `${name.slice(0, 13)}${name.length > 13 ? '…' : ''}+${hash}`;
}

function Acts({
  log,
  verify,
  onResult,
}: {
  log: Verification;
  verify: Verify;
  onResult: (result: VerifiedLog) => void;
}) {
  const { may } = useDesk();
  const { run, busy, problem } = useAct(verify);
  const start = async () => {
    const ended = await run(null);
    if (ended) onResult(ended.value);
  };
  return (
    <>
      <p className="vf-acts">
        {may('audit.export') ? (
          <Button busy={busy} onClick={() => void start()}>
            {busy ? `Reading ${formatOf(log.size, 'entry', 'entries')}…` : 'Verify now'}
          </Button>
        ) : (
          <Refused reason="Approvers, administrators and auditors may verify the audit.">
            <Button disabled>Verify now</Button>
          </Refused>
        )}
        {log.checkpoint && (
          <a
            className="btn"
            download={`weir-checkpoint-${log.signedSize}.txt`}
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(log.checkpoint)}`}
          >
            Checkpoint <Download className="i i-s" aria-hidden="true" />
          </a>
        )}
      </p>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
