import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { requireUser } from '@/lib/clusters/require-user';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { onlyName } from './create-campaign';
import { lockCampaign } from './find-campaign';
import { campaignRef } from './rules';
import type { EditCampaignInput } from './schema';

/** Gives a campaign another name or summary. @throws AppError forbidden, not_found; conflict when somebody changed
 * either since the person looked, or the name is taken */
export async function editCampaign(actor: Actor, input: EditCampaignInput): Promise<void> {
  requireRight(actor, 'campaign.manage');
  const person = requireUser(actor);
  const [name, summary] = [storableText(input.name), storableText(input.summary)];
  await onlyName(name, () =>
    inTransaction(async (tx) => {
      const before = await lockCampaign(tx, input.campaignId);
      if (before.textVersion !== input.textVersion)
        throw new AppError(
          'conflict',
          'Somebody changed the name or summary since you opened it. Reload the page and look again.',
        );
      if (before.name === name && before.summary === summary) return;
      await tx.campaign.update({
        where: { id: before.id },
        data: { name, summary, textVersion: before.textVersion + 1, updatedAt: new Date() },
      });
      await writeAudit(tx, person, {
        verb: 'campaign.edit',
        object: { type: 'campaign', id: campaignRef(before.id), label: name },
        before: { name: before.name, summary: before.summary },
        after: { name, summary },
      });
    }),
  );
}
