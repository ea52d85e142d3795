import type { RetentionReport } from '@/lib/ingest/retention-schema';
import type { IngestReport } from '@/lib/ingest/run-schema';
import { FieldPanel, OtherPanel } from './field-panel';
import { IngestFacts } from './ingest-facts';
import { KeysInUse } from './key-panel';
import { RejectPanel } from './reject-panel';
import { RetentionPanel } from './retention-panel';
import { RunPanel } from './run-panel';
import { SignalPanel } from './signal-panel';
import { SourcePanel } from './source-panel';
import { WaysPanel } from './ways-panel';

/** @param origin how the reader's browser reached this desk @param manages whether the reader makes keys */
export function IngestView({
  report,
  retention,
  origin,
  manages,
}: {
  report: IngestReport;
  retention: RetentionReport;
  origin: string;
  manages: boolean;
}) {
  const { account, exchange } = report.coverage;
  if (report.totals.runs === 0) {
    return (
      <div className="in-page">
        <div className="in-empty">
          <p className="strong">No records have come in yet.</p>
          <p className="soft">
            Bring in your logs by one of these ways. This page then tells which fields came, and what
            detection can see by them.
          </p>
        </div>
        <WaysPanel origin={origin} title="Records in" />
        <KeysInUse keys={report.keys} manages={manages} />
      </div>
    );
  }
  return (
    <div className="in-page">
      <IngestFacts report={report} />
      <div className="in-cols">
        <div className="in-col">
          <SignalPanel findings={report.findings} uncounted={report.uncounted} />
        </div>
        <div className="in-col in-side">
          <SourcePanel sources={report.sources} />
          <RejectPanel rejects={report.rejects} rejected={report.totals.rejected} />
          <RetentionPanel retention={retention} />
          <KeysInUse keys={report.keys} manages={manages} />
          <WaysPanel origin={origin} title="Bring in more" />
        </div>
      </div>
      <RunPanel runs={report.runs} total={report.totals.runs} />
      <div className="in-halves">
        {exchange && <FieldPanel kind="exchange" coverage={exchange} />}
        {account && <FieldPanel kind="account" coverage={account} />}
      </div>
      <OtherPanel coverage={report.coverage} />
    </div>
  );
}
