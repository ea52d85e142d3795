/** What speaks against a cluster, said as plainly as what speaks for it. Pure. */
import { SEVERITY_LABELS } from '@/components/clusters/severity-mark';
import { formatCount, formatOf, formatPercent, formatScore } from '@/components/ui/format';
import type { ClusterDetail } from '@/lib/clusters/schema';
import { severityOf } from '@/lib/detection/severity';
import { kindLabel } from '../kind-icon';

export type AgainstInput = Pick<
  ClusterDetail,
  | 'accounts'
  | 'weakAccounts'
  | 'payingAccounts'
  | 'enterpriseAccounts'
  | 'verifiedAccounts'
  | 'retentionAlone'
  | 'allEvidence'
  | 'score'
>;

/** One clause for each thing, the weightiest first; empty when nothing was found. */
function clausesAgainst(cluster: AgainstInput): string[] {
  const { accounts, payingAccounts, enterpriseAccounts, verifiedAccounts, weakAccounts, allEvidence, score } =
    cluster;
  const clauses: string[] = [];
  if (verifiedAccounts > 0)
    clauses.push(
      `${formatOf(verifiedAccounts, 'account')} of verified organizations ${verifiedAccounts === 1 ? 'is' : 'are'} inside`,
    );
  if (enterpriseAccounts > 0) clauses.push(`${formatOf(enterpriseAccounts, 'enterprise seat')}`);
  if (payingAccounts > 0)
    clauses.push(
      `${formatCount(payingAccounts)} of ${formatCount(accounts)} ${payingAccounts === 1 ? 'pays' : 'pay'} (${formatPercent(payingAccounts / Math.max(accounts, 1))})`,
    );
  if (cluster.retentionAlone) clauses.push('one kind of evidence alone holds it, with nothing to confirm it');
  const pillar = [...allEvidence].sort((a, b) => a.scoreWithout - b.scoreWithout)[0];
  if (
    pillar &&
    !cluster.retentionAlone &&
    severityOf(pillar.scoreWithout) !== severityOf(score) &&
    pillar.scoreWithout < score
  ) {
    const left = SEVERITY_LABELS[severityOf(pillar.scoreWithout)].toLowerCase();
    clauses.push(
      `without ${kindLabel(pillar.kind).toLowerCase()} it scores ${formatScore(pillar.scoreWithout)}, ${left}`,
    );
  }
  if (weakAccounts > 0)
    clauses.push(
      `${formatOf(weakAccounts, 'more account')} ${weakAccounts === 1 ? 'is' : 'are'} linked too weakly to be acted on`,
    );
  return clauses;
}

/** "Against it: …", one sentence. */
export function againstText(cluster: AgainstInput): string {
  const clauses = clausesAgainst(cluster);
  if (clauses.length === 0)
    return 'Against it: nothing found. Nobody inside pays, is verified or under contract, and all are strongly linked.';
  return `Against it: ${clauses.join('; ')}.`;
}
