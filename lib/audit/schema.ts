/** Audit entries as screens and exports show them. */

/** Every verb that is written down, by noun. */
export const AUDIT_VERBS = [
  'user.sign_in',
  'user.sign_out',
  'user.confirm',
  'user.use_session',
  'user.change_password',
  'user.reset_password',
  'user.add_code',
  'user.remove_code',
  'user.add',
  'user.disable',
  'user.set_role',
  'user.rename',
  'key.add',
  'key.rotate',
  'key.revoke',
  'records.ingest',
  'records.drop',
  'account.forget',
  'prompts.read',
  'detection.run',
  'cluster.find',
  'cluster.sleep',
  'cluster.claim',
  'cluster.release',
  'cluster.assign',
  'cluster.confirm',
  'cluster.dismiss',
  'cluster.reopen',
  'cluster.undo',
  'cluster.comment',
  'view.save',
  'view.remove',
  'campaign.create',
  'campaign.edit',
  'campaign.add_cluster',
  'campaign.remove_cluster',
  'campaign.suppose',
  'campaign.add_evidence',
  'campaign.withdraw_evidence',
  'campaign.assess',
  'share.propose',
  'share.approve',
  'share.reject',
  'share.withdraw',
  'share.end',
  'intel.import',
  'intel.accept',
  'intel.dispute',
  'intel.revoke',
  'review.take',
  'review.release',
  'review.judge',
  'review.finish',
  'proposal.create',
  'proposal.approve',
  'proposal.reject',
  'proposal.withdraw',
  'proposal.expire',
  'enforcement.start',
  'enforcement.apply',
  'enforcement.pause',
  'enforcement.resume',
  'enforcement.stop',
  'enforcement.finish',
  'appeal.assign',
  'appeal.release',
  'appeal.uphold',
  'appeal.grant',
  'hold.add',
  'hold.end',
  'enforcement.retry',
  'kill_switch.on',
  'kill_switch.ask',
  'kill_switch.release',
  'list.import',
  'list.settle',
  'list.end',
  'mute.lift',
  'mute.end',
  'detection.backtest',
  'setting.change',
  'provider.test',
  'notification.test',
  'data.export',
  'data.read',
] as const;
export type AuditVerb = (typeof AUDIT_VERBS)[number];

export const OBJECT_TYPES = [
  'user',
  'key',
  'records',
  'detection',
  'cluster',
  'campaign',
  'share',
  'intel',
  'proposal',
  'kill_switch',
  'account',
  'indicator',
  'appeal',
  'setting',
  'list',
  'mute',
  'view',
  'export',
] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

/** What a verb hands over to be written with its change. */
export interface NewAuditEntry {
  verb: AuditVerb;
  object: { type: ObjectType; id: string; label?: string };
  outcome?: 'done' | 'refused';
  reason?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  detail?: Record<string, unknown>;
}

export interface AuditRow {
  id: number;
  /** Its place in the log; null for the few seconds until it has one. */
  index: number | null;
  /** Hash of its leaf in the log, hex. */
  leaf: string | null;
  at: string;
  actor: string;
  actorName: string;
  verb: string;
  objectType: string;
  objectId: string;
  objectLabel: string | null;
  outcome: 'done' | 'refused';
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  detail: Record<string, unknown> | null;
}
