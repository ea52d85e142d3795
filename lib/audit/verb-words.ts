/** What a verb of the audit says in words. Pure. */

/** "Ann …" with the object after it; `?` stands for what was refused. */
const WORDS: Record<string, string> = {
  'user.sign_in': 'signed in as',
  'user.sign_out': 'signed out',
  'user.confirm': 'proved to be',
  'user.change_password': 'changed the password of',
  'user.reset_password': 'made a new password for',
  'user.add_code': 'set up a second factor for',
  'user.remove_code': 'removed the second factor of',
  'user.use_session': 'used an ended session of',
  'user.add': 'added the user',
  'user.disable': 'disabled or enabled the user',
  'user.set_role': 'changed the role of',
  'user.rename': 'changed the name or address of',
  'key.add': 'made the key',
  'key.rotate': 'replaced the key',
  'key.revoke': 'revoked the key',
  'records.ingest': 'brought in records',
  'records.drop': 'dropped records past their days',
  'account.forget': 'forgot the person behind',
  'detection.run': 'ran detection',
  'cluster.find': 'found the cluster',
  'cluster.sleep': 'no longer found the cluster',
  'cluster.claim': 'claimed the cluster',
  'cluster.release': 'released the cluster',
  'cluster.assign': 'handed over the cluster',
  'cluster.confirm': 'confirmed the cluster',
  'cluster.dismiss': 'dismissed the cluster',
  'cluster.reopen': 'reopened the cluster',
  'cluster.undo': 'took back a decision on the cluster',
  'cluster.comment': 'commented on the cluster',
  'view.save': 'saved the view',
  'view.remove': 'removed the view',
  'campaign.create': 'opened the campaign',
  'campaign.edit': 'described anew the campaign',
  'campaign.add_cluster': 'added a cluster to the campaign',
  'campaign.remove_cluster': 'took a cluster out of the campaign',
  'campaign.suppose': 'named a possible actor behind the campaign',
  'campaign.add_evidence': 'added evidence to the attribution of the campaign',
  'campaign.withdraw_evidence': 'withdrew evidence from the attribution of the campaign',
  'campaign.assess': 'assessed the attribution of the campaign',
  'share.propose': 'proposed to share',
  'share.approve': 'approved the share',
  'share.reject': 'rejected the share',
  'share.withdraw': 'withdrew the share',
  'share.end': 'ended the share',
  'intel.import': 'took in what a partner sent as',
  'intel.accept': 'let count the value of a partner',
  'intel.dispute': 'disputed the value of a partner',
  'intel.revoke': 'took back the indicator',
  'review.take': 'took up the review of',
  'review.release': 'gave back the review of',
  'review.judge': 'judged a sampled account of',
  'review.finish': 'finished the review of',
  'proposal.create': 'proposed an action',
  'proposal.approve': 'approved the proposal',
  'proposal.reject': 'rejected the proposal',
  'proposal.withdraw': 'withdrew the proposal',
  'proposal.expire': 'let the proposal expire',
  'enforcement.start': 'started the action of',
  'enforcement.apply': 'acted on accounts of',
  'enforcement.pause': 'paused the action of',
  'enforcement.resume': 'resumed the action of',
  'enforcement.retry': 'tried again accounts of',
  'enforcement.stop': 'stopped the action of',
  'enforcement.finish': 'finished the action of',
  'kill_switch.on': 'stopped all enforcement',
  'kill_switch.ask': 'asked to let enforcement run again',
  'kill_switch.release': 'let enforcement run again',
  'appeal.assign': 'took the appeal',
  'appeal.release': 'gave back the appeal',
  'appeal.uphold': 'upheld the action against the appeal',
  'appeal.grant': 'granted the appeal',
  'hold.add': 'put a hold on',
  'hold.end': 'ended the hold on',
  'list.import': 'imported the list',
  'list.settle': 'decided what was held of the list',
  'list.end': 'ended the list',
  'mute.lift': 'lifted the mute of',
  'mute.end': 'ended the mute of',
  'detection.backtest': 'tried a change of detection on',
  'provider.test': 'tried the provider',
  'notification.test': 'sent a test notification',
  'setting.change': 'changed the setting',
  'data.export': 'exported',
  'data.read': 'read sensitive data of',
  'prompts.read': 'read redacted prompts of',
};

/** "confirmed the cluster"; a verb without words of its own is spelled out: "account.never_ban" is "account: never
 * ban". */
export function verbWords(verb: string): string {
  if (Object.hasOwn(WORDS, verb)) return WORDS[verb]!;
  const [noun = '', ...doing] = verb.replaceAll('_', ' ').split('.');
  return doing.length === 0 ? noun : `${noun}: ${doing.join(', ')}`;
}

/** A verb as a line of a menu: "Confirmed the cluster", "Signed in". */
export function verbLabel(verb: string): string {
  // Words of our own lead to an object, which a menu does not name; spelled-out ones do not.
  const words = Object.hasOwn(WORDS, verb)
    ? verbWords(verb).replace(/ (as|of|on|behind)$/, '')
    : verbWords(verb);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
