/** The page that leads through an evidence pack, for somebody who has never seen Weir. Pure. */
import type { AuditRecord } from '@/lib/audit/collect-record';
import type { PackedProposal } from './read-packed-proposal';

/** Text that somebody typed stays in its line. */
const plain = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');

export function describePack(proposal: PackedProposal, record: AuditRecord, at: Date): string {
  const { accounts, approvals } = proposal;
  const done = accounts.filter(({ state }) => state === 'done').length;
  const commitments = record.proofs.some(
    ({ leaf, open }) => (leaf.match(/"sha256:/g)?.length ?? 0) > Object.keys(open).length,
  );
  return `# Evidence of ${proposal.proposal}: ${proposal.action.replaceAll('_', ' ')} of ${accounts.length} accounts
Taken on ${at.toISOString()} from the log ${record.origin}. Status then: ${proposal.status}; done on ${done} of ${accounts.length}.
${proposal.cluster ? `Stands on cluster ${proposal.cluster.ref} "${plain(proposal.cluster.name)}".\n` : ''}
| file | what it holds |
| --- | --- |
| proposal.json | what was proposed, by whom, when, why, and who would be hit |
| list.txt | the frozen list: one account a line, sorted |
| evidence.json | the evidence as it stood when the list was frozen |
| approvals.json | ${approvals.length} answers of other people, each bound to the hash of the list |
| execution.ndjson | what became of each account |
| audit.ndjson | ${record.entries.length} entries of the audit about it, as they are shown today |
| proofs/ | for each of ${record.proofs.length} entries: its leaf in the log, and the path from it to the signed root |
| checkpoint.txt, keys.txt | the signed head of the log, and the public keys that check it |
| verify-log.mjs | a program that checks the proofs: one file, no packages, no network |
| SHA256SUMS | the hash of every file |

## Check it yourself
Node 20.19 or later; nothing else.

    sha256sum -c SHA256SUMS
    for p in proofs/*.json; do node verify-log.mjs --proof "$p" --key keys.txt || break; done
    sha256sum list.txt          # ${proposal.list_sha256_now}

Compare keys.txt and checkpoint.txt with copies that you did not get from whoever gave you this file: with the key alone anybody could make another log. The list that was approved has the hash ${proposal.list_sha256}${
    proposal.accounts_forgotten_since > 0
      ? `; ${proposal.accounts_forgotten_since} accounts were forgotten since at their owners' request, so the list of today has another one`
      : ''
  }.

## What this shows, and what it does not
- Each entry in proofs/ stood in the log when its head was signed, in this form and at this place. Entry by entry it tells who proposed, who approved which hash, and what was done to whom.
- A leaf holds commitments in place of personal values; "open" has the salt and the value behind each${
    commitments
      ? '; of values that were erased, or that who took this pack may not see, the commitments stand alone'
      : ''
  }.
- It does not show that what was written down is true, nor that nothing else was done outside of Weir.
${record.unproved.length > 0 ? `- ${record.unproved.length} entries were too new for a signed head (ids ${record.unproved.join(', ')}): take the pack again for their proofs.\n` : ''}`;
}
