import type { Role } from '@/lib/access/schema';

/** What each role is for, in a line; lib/access/rules.ts has the whole table. */
export const ROLE_NOTES: Record<Role, { label: string; note: string }> = {
  viewer: { label: 'Viewer', note: 'reads the desk and the audit' },
  analyst: { label: 'Analyst', note: 'claims, decides, comments and proposes actions' },
  approver: { label: 'Approver', note: 'also approves others’ proposals and steers actions' },
  admin: { label: 'Admin', note: 'manages users, keys and settings; decides nothing' },
  auditor: { label: 'Auditor', note: 'reads and exports the audit; sees counts, no values' },
};
