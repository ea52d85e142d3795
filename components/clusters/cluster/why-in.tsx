'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { accountPath } from '@/components/accounts/account-path';
import { readJson } from '@/components/shell/read-json';
import { Dialog } from '@/components/ui/dialog';
import { formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { MemberExplanation } from '@/lib/clusters/explanation-schema';
import type { ClusterDetail, MemberRow } from '@/lib/clusters/schema';
import { KindIcon, kindLabel } from '../kind-icon';
import { SharedValues } from '../shared-values';

/** Why one account is in the cluster: what holds it, what would be left without each kind, what it shares. */
export function WhyIn({
  cluster,
  member,
  onClose,
}: {
  cluster: ClusterDetail;
  member: MemberRow;
  onClose: () => void;
}) {
  const { data, error } = useQuery({
    queryKey: ['cluster', cluster.id, 'explain', member.accountId],
    queryFn: ({ signal }) =>
      readJson<MemberExplanation>(
        `/api/clusters/${cluster.id}/accounts/explain?account=${encodeURIComponent(member.accountId)}`,
        signal,
      ),
    staleTime: 60_000,
  });
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={<RawText className="mono">{member.accountId}</RawText>}
      note={summary(member, data)}
      footer={
        <Link className="btn" href={accountPath(member.accountId)}>
          Open the account
        </Link>
      }
    >
      {error && <p role="alert">{error.message}</p>}
      {!data && !error && <div className="cl-preview-wait" aria-busy="true" />}
      {data && (
        <>
          <Holding explanation={data} />
          <Shared explanation={data} accounts={cluster.accounts} />
        </>
      )}
    </Dialog>
  );
}

function summary(member: MemberRow, data: MemberExplanation | undefined): string {
  const strength = member.strength.toFixed(2);
  const role =
    member.role === 'weak'
      ? 'weakly linked, never proposed by itself'
      : member.role === 'core'
        ? 'core'
        : 'member';
  const stays = data?.kinds.filter((kind) => kind.stays).length;
  const pillars =
    data && data.kinds.length > 0 && stays !== undefined && member.role !== 'weak'
      ? ` It would stay without any one of ${stays} of the ${formatOf(data.kinds.length, 'kind')} that hold it.`
      : '';
  return `Strength ${strength}, ${role}: so often does a step to a shared value and on to another holder stay in the cluster.${pillars}`;
}

function Holding({ explanation: { kinds, strength, weakUnder } }: { explanation: MemberExplanation }) {
  if (kinds.length === 0)
    return <p className="soft">No kind holds it: it shares nothing that counts with other members.</p>;
  return (
    <table className="grid plain rows-28">
      <thead>
        <tr>
          <th scope="col">Held by</th>
          <th scope="col" className="num">
            Strength without it
          </th>
          <th scope="col">Then</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ kind, without, stays }) => (
          <tr key={kind}>
            <td>
              <span className="kind">
                <KindIcon kind={kind} />
                {kindLabel(kind)}
              </span>
            </td>
            <td className="num">
              {without === null ? '–' : `${strength.toFixed(2)} → ${without.toFixed(2)}`}
            </td>
            <td className="soft">
              {stays === null
                ? 'the next run works it out'
                : stays
                  ? 'stays'
                  : `leaves: under ${weakUnder.toFixed(2)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Shared({ explanation, accounts }: { explanation: MemberExplanation; accounts: number }) {
  if (explanation.shared.length === 0)
    return <p className="soft">None of the values that were looked at is held by another member.</p>;
  return (
    <div className="cl-why-scroll">
      <SharedValues values={explanation.shared} accounts={accounts} member={explanation.role !== 'weak'} />
    </div>
  );
}
