/** What every provider promises, held against real servers that delay, fail, hang up and lie. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { database } from '@/lib/database/client';
import { makeWebhookSecret } from '@/lib/outgoing/sign-webhook';
import { countermeasuresSetting } from '../provider-settings-schema';
import { litellmProvider } from './litellm';
import type { Provider, ProviderCall } from './provider';
import { sandboxProvider } from './sandbox';
import {
  litellmReceiver,
  type Receiver,
  TROUBLES,
  type Trouble,
  verify,
  webhookReceiver,
} from './testing/receivers';
import { webhookProvider } from './webhook';

/** Long enough for a busy machine; troubles that only an end of patience ends are met with little of it. */
const PATIENT_MS = 20_000;
const HASTY_MS = 300;
const secret = makeWebhookSecret();
const countermeasures = countermeasuresSetting.initial;
const [withhold] = countermeasures;

beforeAll(() => {
  vi.stubEnv('WEIR_OUTGOING_ALLOW', '127.0.0.1');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const call = (accountId: string, more: Partial<ProviderCall> = {}): ProviderCall => ({
  idempotencyKey: `P-1:${accountId}`,
  proposal: 'P-1',
  accountId,
  action: 'ban',
  state: 'banned',
  countermeasure: null,
  lifts: [],
  reasonCode: 'distillation',
  notice: { text: 'We have closed your account.', appeal: 'Reply within 30 days.' },
  attempt: 1,
  ...more,
});

interface Setting {
  provider: Provider;
  /** The same with little patience. */
  hasty: Provider;
  next: (account: string, trouble: Trouble) => void;
  effectsOf: (account: string) => number;
  stateOf: (account: string) => Promise<string | undefined>;
  makeStranger: (account: string) => void;
}

const overHttp = (make: (timeoutMs: number) => Provider, to: Receiver): Setting => ({
  provider: make(PATIENT_MS),
  hasty: make(HASTY_MS),
  next: (account, trouble) => to.next.set(account, trouble),
  effectsOf: (account) => to.effects.get(account) ?? 0,
  stateOf: async (account) => to.states.get(account),
  makeStranger: (account) => to.strangers.add(account),
});

async function withWebhook(): Promise<Setting> {
  const to = await webhookReceiver(() => secret);
  const options = { address: `${to.url}/weir`, secrets: async () => [secret], countermeasures };
  return overHttp((timeoutMs) => webhookProvider({ ...options, timeoutMs }), to);
}

async function withLitellm(account: 'key' | 'customer'): Promise<Setting> {
  const to = await litellmReceiver('sk-admin');
  const options = { address: to.url, account, adminKey: async () => 'sk-admin' };
  return overHttp((timeoutMs) => litellmProvider({ ...options, timeoutMs }), to);
}

/** Has no server: what would go wrong there goes wrong inside. */
async function withSandbox(): Promise<Setting> {
  const next = new Map<string, Trouble>();
  const strangers = new Set<string>();
  const effects = new Map<string, number>();
  const inner = sandboxProvider({
    latency: () => 0,
    trouble: ({ accountId }) => {
      if (strangers.has(accountId)) return 'refused';
      const trouble = next.get(accountId);
      next.delete(accountId);
      return trouble === undefined ? 'none' : trouble.endsWith('_after') ? 'lost_answer' : 'unavailable';
    },
  });
  const keys = async (id: string) =>
    (await database().sandboxAccount.findUnique({ where: { accountId: id } }))?.lastKey.split('\n').length ??
    0;
  const provider: Provider = {
    ...inner,
    async act(one, ...rest) {
      const before = await keys(one.accountId);
      const answer = await inner.act(one, ...rest);
      effects.set(one.accountId, (effects.get(one.accountId) ?? 0) + (await keys(one.accountId)) - before);
      return answer;
    },
  };
  return {
    provider,
    hasty: provider,
    next: (account, trouble) => next.set(account, trouble),
    effectsOf: (account) => effects.get(account) ?? 0,
    stateOf: async (account) =>
      (await database().sandboxAccount.findUnique({ where: { accountId: account } }))?.status,
    makeStranger: (account) => strangers.add(account),
  };
}

describe.each([
  ['the webhook', withWebhook],
  ['LiteLLM, accounts are keys', () => withLitellm('key')],
  ['LiteLLM, accounts are customers', () => withLitellm('customer')],
  ['the sandbox', withSandbox],
])('%s', (name, open) => {
  let at: Setting;
  beforeAll(async () => {
    at = await open();
  });

  it('writes nothing that changes the account once it is no longer wanted, also when it looked first', async () => {
    for (const attempt of [1, 2]) {
      const answer = await at.provider.act(call('late', { attempt }), undefined, () => false);
      expect(answer).toMatchObject({ kind: 'unsent' });
    }
    expect(at.effectsOf('late')).toBe(0);
  });

  it('acts and says so; a repetition of the key changes nothing', async () => {
    expect(await at.provider.act(call('plain'))).toEqual({ kind: 'done', repeated: false });
    expect(await at.provider.act(call('plain', { attempt: 2 }))).toEqual({ kind: 'done', repeated: true });
    expect(at.effectsOf('plain')).toBe(1);
    expect(await at.stateOf('plain')).toBe('banned');
  });

  it.each(TROUBLES)(
    '%s: what is not known does not count as done, and the next try with the same key makes it one effect',
    async (trouble) => {
      const account = `acct ${trouble}`;
      at.next(account, trouble);
      // LiteLLM can be asked what came of a call whose answer makes no sense.
      const learns = name.startsWith('LiteLLM') && trouble === 'garbage_after';
      const endless = trouble.startsWith('silence') || trouble.startsWith('drip');
      const answer = await (endless ? at.hasty : at.provider).act(call(account));
      expect(answer.kind).toBe(learns ? 'done' : 'failed');
      const acted = trouble.endsWith('_after');
      await expect.poll(() => at.effectsOf(account)).toBe(acted ? 1 : 0);
      expect(await at.provider.act(call(account, { attempt: 2 }))).toEqual({ kind: 'done', repeated: acted });
      expect(at.effectsOf(account)).toBe(1);
    },
  );

  it('takes as many troubles in a row as there are tries', async () => {
    for (const [index, trouble] of (['silence_after', 'error_503', 'drop'] as const).entries()) {
      at.next('unlucky', trouble);
      expect(
        (await (index === 0 ? at.hasty : at.provider).act(call('unlucky', { attempt: index + 1 }))).kind,
      ).toBe(name.startsWith('LiteLLM') && index > 0 ? 'done' : 'failed');
    }
    expect((await at.provider.act(call('unlucky', { attempt: 4 }))).kind).toBe('done');
    expect(at.effectsOf('unlucky')).toBe(1);
  });

  it('gives an account back', async () => {
    await at.provider.act(call('back'));
    const restore = call('back', {
      idempotencyKey: 'P-2:back',
      proposal: 'P-2',
      action: 'restore',
      state: 'active',
    });
    expect(await at.provider.act(restore)).toEqual({ kind: 'done', repeated: false });
    expect(await at.stateOf('back')).toBe('active');
    expect(await at.provider.act({ ...restore, attempt: 2 })).toMatchObject({ kind: 'done', repeated: true });
  });

  it('refuses what it does not know, with words', async () => {
    at.makeStranger('stranger');
    const state = name.endsWith('customers') ? ({ action: 'restore', state: 'active' } as const) : {};
    const answer = await at.provider.act(call('stranger', state));
    expect(answer).toMatchObject({ kind: 'refused', note: expect.stringMatching(/know|no such account/) });
    expect(at.effectsOf('stranger')).toBe(0);
  });

  it('keeps accounts apart whose ids look like markup, paths or two lines', async () => {
    const ids = ['a/../b?x=1&key=plain', '<script>', 'line\nbreak', 'ä€\u202E😀', '{"result":"done"}', ' '];
    for (const id of ids) expect((await at.provider.act(call(id))).kind, JSON.stringify(id)).toBe('done');
    for (const id of ids) expect(at.effectsOf(id), JSON.stringify(id)).toBe(1);
  });
});

describe('the webhook', () => {
  const options = { timeoutMs: PATIENT_MS, countermeasures };

  it('signs each message so that it verifies, and not when a byte of it is changed', async () => {
    await using to = await webhookReceiver(() => secret);
    await webhookProvider({ ...options, address: to.url, secrets: async () => [secret] }).act(call('signed'));
    const [{ headers, body } = { headers: {}, body: '' }] = to.requests;
    expect(verify(secret, headers, body)).toBe(true);
    expect(verify(secret, headers, body.replace('banned', 'active'))).toBe(false);
    expect(verify(secret, { ...headers, 'webhook-id': 'msg_other' }, body)).toBe(false);
    expect(verify(makeWebhookSecret(), headers, body)).toBe(false);
  });

  it('is accepted all through a rotation: before, while both secrets are valid, and after', async () => {
    const [old, fresh] = [makeWebhookSecret(), makeWebhookSecret()];
    let inUse = [old];
    let held = old;
    await using to = await webhookReceiver(() => held);
    const provider = webhookProvider({ ...options, address: to.url, secrets: async () => inUse });
    const act = async (account: string) => (await provider.act(call(account))).kind;
    expect(await act('before')).toBe('done');
    inUse = [fresh, old];
    expect(await act('rotating, receiver holds the old one')).toBe('done');
    held = fresh;
    expect(await act('rotating, receiver holds the new one')).toBe('done');
    inUse = [fresh];
    expect(await act('after')).toBe('done');
    held = old;
    expect(await act('receiver that missed it')).toBe('failed');
  });

  it('tells why, in which words and how to appeal, and hands over the provider’s own parameter', async () => {
    await using to = await webhookReceiver(() => secret);
    const provider = webhookProvider({ ...options, address: to.url, secrets: async () => [secret] });
    const set = {
      action: 'countermeasure',
      state: 'active',
      countermeasure: { id: withhold!.id, name: 'as it was named' },
    } as const;
    expect(await provider.act(call('limited', set))).toEqual({ kind: 'done', repeated: false });
    expect(JSON.parse(to.requests[0]?.body ?? '')).toMatchObject({
      type: 'enforcement.countermeasure',
      data: {
        idempotency_key: 'P-1:limited',
        countermeasure: { id: 'withhold_reasoning', parameter: 'reasoning=off' },
        reason_code: 'distillation',
        notice: { text: 'We have closed your account.', appeal: 'Reply within 30 days.' },
      },
    });
    const gone = { ...set, countermeasure: { id: 'gone', name: 'Gone' } };
    expect(await provider.act(call('x', gone))).toMatchObject({
      kind: 'refused',
      note: expect.stringContaining('"Gone"'),
    });
    const lift = { action: 'restore', state: 'active', lifts: [{ id: 'gone', name: 'Gone' }] } as const;
    expect(await provider.act(call('x', lift))).toMatchObject({ kind: 'done' });
    expect(to.states.get('x')).toBe('active -gone');
  });

  it('calls nobody without a secret, and no closed address', async () => {
    await using to = await webhookReceiver(() => secret);
    const mute = webhookProvider({ ...options, address: to.url, secrets: async () => [] });
    expect(await mute.act(call('a'))).toMatchObject({
      kind: 'failed',
      note: expect.stringContaining('no signing secret'),
    });
    const closed = webhookProvider({
      ...options,
      address: 'https://[::ffff:10.0.0.1]/',
      secrets: async () => [secret],
    });
    expect(await closed.act(call('a'))).toMatchObject({
      kind: 'refused',
      note: expect.stringContaining('private'),
    });
    expect(to.requests).toHaveLength(0);
  });
});

describe('LiteLLM', () => {
  const options = { timeoutMs: PATIENT_MS, adminKey: async () => 'sk-admin' };

  it('refuses what it could not take back: throttling, verification, countermeasures', async () => {
    await using to = await litellmReceiver('sk-admin');
    const provider = litellmProvider({ ...options, address: to.url, account: 'key' });
    for (const more of [
      { action: 'throttle', state: 'throttled' },
      { action: 'require_verification', state: 'verification_required' },
      { action: 'countermeasure', state: 'active', countermeasure: { id: 'cap_output', name: 'Cap output' } },
    ] as const)
      expect(await provider.act(call('k', more))).toMatchObject({
        kind: 'refused',
        note: expect.stringMatching(/^LiteLLM (can|has)/),
      });
    expect(to.requests).toHaveLength(0);
  });

  it('does not call a customer restored whom LiteLLM took the call for and left blocked', async () => {
    await using to = await litellmReceiver('sk-admin', { updateUnblocks: false });
    const provider = litellmProvider({ ...options, address: to.url, account: 'customer' });
    await provider.act(call('c'));
    const answer = await provider.act(
      call('c', { idempotencyKey: 'P-2:c', action: 'restore', state: 'active' }),
    );
    expect(answer).toEqual({ kind: 'refused', note: 'LiteLLM took the call and left it blocked' });
  });

  it('tells a wrong address and a wrong key from an account that is not there', async () => {
    await using to = await litellmReceiver('sk-admin');
    const elsewhere = litellmProvider({ ...options, address: `${to.url}/elsewhere`, account: 'key' });
    expect(await elsewhere.act(call('k'))).toMatchObject({
      kind: 'failed',
      note: expect.stringContaining('404'),
    });
    const keyless = litellmProvider({
      ...options,
      address: to.url,
      account: 'key',
      adminKey: async () => null,
    });
    expect(await keyless.act(call('k'))).toMatchObject({
      kind: 'failed',
      note: expect.stringContaining('key'),
    });
  });
});
