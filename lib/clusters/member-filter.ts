/** The filters of a cluster's accounts as they stand in an address, read strictly. Pure. */
import { MEMBER_ROLES, type MemberRole } from '@/lib/detection/fixed-sets';
import { firstParts, matching, oneOf, textWithin, wholeWithin } from '@/lib/read-address';
import { ACCOUNT_STATUSES, type AccountStatus, MEMBER_SORTS, MEMBER_SPENDS } from './fixed-sets';

export interface MemberFilter {
  /** "proposable": all but the weak ones. */
  role?: MemberRole | 'proposable';
  q?: string;
  /** A kind: only accounts that would leave without it. */
  without?: string;
  plan?: string;
  /** What they spend a month. */
  spend?: (typeof MEMBER_SPENDS)[number];
  /** "one": held by one kind of evidence alone. */
  links?: 'one';
  status?: AccountStatus;
  sort: (typeof MEMBER_SORTS)[number];
  dir: 'asc' | 'desc';
  offset: number;
  limit: number;
}

/** The filter that an address asks for; what means nothing is left out. */
export function readMemberFilter(params: Iterable<[string, string]>): MemberFilter {
  const given = firstParts(params);
  return {
    role: oneOf([...MEMBER_ROLES, 'proposable'], given.role),
    q: textWithin(128, given.q),
    without: matching(/^[a-z][a-z0-9_]{0,62}$/, given.without),
    plan: textWithin(128, given.plan),
    spend: oneOf(MEMBER_SPENDS, given.spend),
    links: oneOf(['one'], given.links),
    status: oneOf(ACCOUNT_STATUSES, given.status),
    sort: oneOf(MEMBER_SORTS, given.sort) ?? 'strength',
    dir: oneOf(['asc', 'desc'], given.dir) ?? 'desc',
    offset: wholeWithin(0, 1_000_000, given.offset) ?? 0,
    limit: wholeWithin(1, 500, given.limit) ?? 100,
  };
}
