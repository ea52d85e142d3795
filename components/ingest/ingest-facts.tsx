import type { ReactNode } from 'react';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf, formatPercent, formatShort } from '@/components/ui/format';
import type { RecordKind } from '@/lib/ingest/coverage-schema';
import type { IngestReport } from '@/lib/ingest/run-schema';

/** More rejected lines than this share are worth a look; the overview's health uses the same. */
const REJECTED_LIMIT = 0.01;
/** Real records older than this are stale, as the nav's foot says too. */
const LAG_LIMIT_MS = 3_600_000;

/** How much came in, how fast, how fresh, and how much of detection it feeds. */
export function IngestFacts({ report }: { report: IngestReport }) {
  const { totals, throughput, findings } = report;
  const lines = totals.accepted + totals.rejected + totals.duplicates;
  const lag = report.lastRecordAt ? Date.parse(report.readAt) - Date.parse(report.lastRecordAt) : 0;
  const on = findings.filter((finding) => finding.state === 'on').length;
  const off = findings.filter((finding) => finding.state === 'off').length;
  const partly = findings.length - on - off;
  return (
    <section className="panel" aria-label="In figures">
      <dl className="facts in-facts">
        <Fact label="Signals on" note={`${off} off, ${partly} in part`}>
          {on} of {findings.length}
        </Fact>
        <Fact label="Records taken" note={kindsOf(report)}>
          {formatCount(totals.accepted)}
        </Fact>
        <Fact
          label="Rejected"
          note={`${formatCount(totals.rejected)} of ${formatShort(lines)} lines, limit ${formatPercent(REJECTED_LIMIT)}`}
          watch={totals.rejected > lines * REJECTED_LIMIT}
        >
          {formatPercent(lines > 0 ? totals.rejected / lines : 0)}
        </Fact>
        <Fact label="Sent again" note={`of ${formatShort(lines)} lines; counted once`}>
          {formatCount(totals.duplicates)}
        </Fact>
        <Fact
          label="Lines a second"
          note={
            throughput
              ? `median ${formatCount(throughput.median)} of ${formatOf(throughput.runs, 'long run')}`
              : 'no run of 1,000 lines yet'
          }
        >
          {throughput ? formatCount(throughput.newest) : '–'}
        </Fact>
        <Fact
          label="Newest record"
          note={report.simulated ? 'behind; simulated, so no limit holds' : 'behind, limit 1 h'}
          watch={!report.simulated && lag > LAG_LIMIT_MS}
        >
          <Ago at={report.lastRecordAt} />
        </Fact>
      </dl>
    </section>
  );
}

const NAMES: Record<RecordKind, readonly [one: string, many: string]> = {
  exchange: ['exchange', 'exchanges'],
  account: ['account record', 'account records'],
  observation: ['observation', 'observations'],
  model_release: ['model release', 'model releases'],
  appeal: ['appeal', 'appeals'],
};

/** The two kinds of record of which most came. */
function kindsOf({ coverage, uncounted }: IngestReport): string {
  const kinds = (Object.keys(NAMES) as RecordKind[])
    .map((kind) => ({ kind, records: coverage[kind]?.records ?? 0 }))
    .filter(({ records }) => records > 0)
    .sort((a, b) => b.records - a.records)
    .slice(0, 2)
    .map(({ kind, records }) => `${formatShort(records)} ${NAMES[kind][records === 1 ? 0 : 1]}`);
  if (kinds.length === 0) return uncounted > 0 ? 'kinds were not counted then' : 'none yet';
  return kinds.join(', ');
}

function Fact({
  label,
  note,
  watch = false,
  children,
}: {
  label: string;
  note: string;
  watch?: boolean;
  children: ReactNode;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {children}
        <small className={watch ? 'in-watch' : undefined}>{note}</small>
      </dd>
    </div>
  );
}
