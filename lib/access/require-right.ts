import { AppError } from '@/lib/errors';
import { may, RIGHTS, type Right } from './rules';
import type { Actor } from './schema';

/** What each right allows, after "may". */
export const DOING: Record<Right, string> = {
  'desk.read': 'read the desk',
  'desk.read_sensitive': 'see prompts, addresses and personal data',
  'audit.read': 'read the audit',
  'audit.export': 'export or verify the audit, review access or take evidence packs',
  'cluster.claim': 'claim clusters',
  'cluster.decide': 'decide on clusters',
  'cluster.comment': 'comment on clusters',
  'cluster.assign': 'give clusters to others',
  'view.share': 'share views of the queue',
  'campaign.manage': 'gather clusters into campaigns or attribute them',
  'share.propose': 'propose what is shared with partners or take it',
  'share.approve': 'approve or reject what is shared with partners',
  'intel.import': 'take in what partners sent or say what of it counts',
  'cluster.review': 'review samples of confirmed clusters',
  'proposal.create': 'propose actions',
  'proposal.approve': 'approve or reject proposals',
  'enforcement.steer': 'pause, resume or stop actions',
  'appeal.decide': 'take up or decide appeals',
  'enforcement.kill': 'stop all enforcement or let it go on',
  'user.manage': 'manage users',
  'key.manage': 'manage API keys',
  'settings.manage': 'change settings',
  'account.forget': 'forget a person',
  'hold.manage': 'change the never-ban list and legal holds',
};

/** Every verb and query asks here first. @throws AppError forbidden, naming who may. */
export function requireRight(actor: Actor, right: Right): void {
  if (may(actor, right)) return;
  const who = actor.kind === 'user' ? `Your role is ${actor.role}` : 'Only a signed-in person may do this';
  throw new AppError(
    'forbidden',
    `You may not ${DOING[right]}. ${who}; this takes one of: ${RIGHTS[right].join(', ')}.`,
    `${actor.kind} ${actor.kind === 'user' ? actor.id : actor.name} lacks ${right}`,
  );
}
