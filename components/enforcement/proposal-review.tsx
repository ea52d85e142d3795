import Link from 'next/link';
import { RawText } from '@/components/ui/raw-text';
import type { ProposalDetail } from '@/lib/enforcement/schema';
import { EvidenceSnapshot } from './evidence-snapshot';
import { GuardrailList } from './guardrail-list';
import { ImpactTable } from './impact-table';
import { SplitPanel } from './split-panel';
import { StrengthChart } from './strength-chart';

/** All that speaks for and against a frozen list: who is hit, how it could be split, guardrails, evidence. */
export function ProposalReview({
  proposal,
  mayRelist,
}: {
  proposal: ProposalDetail;
  /** The reader may make another list of it. */
  mayRelist: boolean;
}) {
  const waiting = proposal.status === 'waiting';
  const relist = waiting && mayRelist && proposal.action !== 'restore';
  return (
    <>
      <ImpactTable
        impact={proposal.impact}
        action={proposal.action}
        past={!waiting}
        groupAccounts={proposal.groupAccounts}
        excluding={relist ? { relistOf: proposal.id } : undefined}
      />
      <div className="p-pair">
        <div className="p-stack">
          {proposal.split && (
            <SplitPanel split={proposal.split} wrong={proposal.impact.wrong} left={0}>
              {relist && (
                <Link className="btn" href={`/approvals/new?relist=${proposal.id}`} prefetch={false}>
                  Use this split
                </Link>
              )}
            </SplitPanel>
          )}
          <StrengthChart bins={proposal.strengths} weakest={proposal.impact.weakest} />
          <EvidenceSnapshot evidence={proposal.evidence} />
          {proposal.list && proposal.list.unknown.length > 0 && (
            <LeftEntries entries={proposal.list.unknown} />
          )}
        </div>
        <GuardrailList guardrails={proposal.guardrails} />
      </div>
    </>
  );
}

/** Entries of a pasted list that were no accounts: kept, so that nothing is lost. */
function LeftEntries({ entries }: { entries: readonly string[] }) {
  return (
    <section className="panel" aria-labelledby="entries-title">
      <header>
        <h2 id="entries-title">Entries of the pasted list that are no accounts</h2>
      </header>
      <div className="p-report">
        <ul>
          {entries.map((entry) => (
            <li key={entry}>
              <RawText className="mono">{entry}</RawText>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
