import { describe, expect, it } from 'vitest';
import type { Person, Role } from '@/lib/access/schema';
import { proposalRefusal } from './proposal-refusal';

const person = (role: Role, id = 1): Person => ({
  kind: 'user',
  id,
  name: 'Ann',
  email: 'ann@example.com',
  role,
});
const kofi = { id: 2, name: 'Kofi' };

describe('proposalRefusal()', () => {
  it('lets analysts and approvers propose for a free cluster and for their own', () => {
    expect(proposalRefusal({ status: 'open', assignee: null }, person('analyst'))).toBeNull();
    expect(proposalRefusal({ status: 'in_review', assignee: kofi }, person('approver', 2))).toBeNull();
  });

  it('names who may, to those who may not', () => {
    expect(proposalRefusal({ status: 'open', assignee: null }, person('auditor'))).toContain(
      'Analysts and approvers',
    );
  });

  it('leaves another person’s review alone, and is free again once it is confirmed', () => {
    expect(proposalRefusal({ status: 'in_review', assignee: kofi }, person('analyst'))).toContain('Kofi');
    expect(proposalRefusal({ status: 'confirmed', assignee: kofi }, person('analyst'))).toBeNull();
  });

  it('wants a dismissed cluster reopened first', () => {
    expect(proposalRefusal({ status: 'dismissed', assignee: null }, person('analyst'))).toContain('Reopen');
  });
});
