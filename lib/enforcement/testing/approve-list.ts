/** Lists that are ready to be carried out, in the test's own database. */
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { answerProposal } from '../answer-proposal';
import type { ProposeInput } from '../propose-schema';
import { insertCluster, plain, propose, type TestMember } from './insert-world';

export interface Team {
  analyst: Person;
  approver: Person;
}

export async function insertTeam(): Promise<Team> {
  return { analyst: await insertUser('analyst'), approver: await insertUser('approver') };
}

/** A proposal of all members of a cluster, approved by one person. @returns its id */
async function approveList(
  { analyst, approver }: Team,
  clusterId: number,
  action: ProposeInput['action'] = 'ban',
): Promise<number> {
  const { id } = await propose(analyst, { clusterId, action, reason: 'agreed', exclude: [] });
  const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
  await answerProposal(approver, { proposalId: id, verdict: 'approve', reason: 'looked at it', sha256 });
  return id;
}

/** The same for a new cluster of so many accounts, or of these members. */
export async function approvedList(
  team: Team,
  members: number | TestMember[],
  action: ProposeInput['action'] = 'ban',
): Promise<{ id: number; accountIds: string[] }> {
  const cluster = await insertCluster(typeof members === 'number' ? plain(members) : members);
  return { id: await approveList(team, cluster.id, action), accountIds: cluster.accountIds };
}
