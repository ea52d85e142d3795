import { describe, expect, it } from 'vitest';
import { NOTICE_ACTIONS, noticesSetting, REASON_CODES, renderNotice } from './notice-schema';

const templates = noticesSetting.initial;
const facts = {
  action: 'ban',
  accountId: 'acct_1',
  reasonCode: 'resale',
  proposal: 'P-7',
  countermeasure: null,
} as const;
const withBan = (ban: string) => ({ ...templates, texts: { ...templates.texts, ban } });

describe('renderNotice()', () => {
  it('tells the owner which account, why, what to quote and how to object', () => {
    const { text, appeal } = renderNotice(templates, facts);
    expect(text).toBe('We have closed account acct_1. Reason: Resale of access. Reference: P-7.');
    expect(appeal).toContain('30 days');
  });

  it('leaves no field open, whatever the action and the reason', () => {
    for (const action of NOTICE_ACTIONS) {
      for (const reasonCode of REASON_CODES) {
        const { text } = renderNotice(templates, {
          ...facts,
          action,
          reasonCode,
          countermeasure: 'Cap output',
        });
        expect(text).not.toMatch(/[{}]/);
      }
    }
  });

  it('takes values literally: braces and replacement patterns in an account’s id mean nothing', () => {
    const { text } = renderNotice(withBan('Closed {account}. {reference}'), {
      ...facts,
      accountId: '{reason} $& $1 {reference}',
    });
    expect(text).toBe('Closed {reason} $& $1 {reference}. P-7');
  });
});

describe('notice templates', () => {
  it('refuse a field that does not exist, and say which do', () => {
    const { error } = noticesSetting.schema.safeParse(withBan('Closed {acount}.'));
    expect(error?.issues[0]?.message).toMatch(/No field is called \{acount\}.*\{account\}/);
    expect(noticesSetting.schema.safeParse(withBan('{toString}')).success).toBe(false);
  });

  it('refuse an empty notice and one without a way to appeal', () => {
    expect(noticesSetting.schema.safeParse(withBan('  ')).success).toBe(false);
    expect(noticesSetting.schema.safeParse({ ...templates, appeal: ' ' }).success).toBe(false);
  });
});
