import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { readSetting } from '@/lib/settings/read-setting';
import { changeProvider } from './change-provider';
import { getProviderSettings } from './get-provider-settings';
import { providerSetting } from './provider-settings-schema';
import { chooseProvider } from './providers/choose-provider';
import { litellmReceiver, webhookReceiver } from './providers/testing/receivers';
import { rotateWebhookSecret } from './rotate-webhook-secret';
import { setLitellmKey } from './set-litellm-key';
import { testProvider } from './test-provider';

let admin: Person;
let analyst: Person;
beforeAll(async () => {
  vi.stubEnv('WEIR_STATE', mkdtempSync(path.join(tmpdir(), 'weir-seal-')));
  admin = await insertUser('admin');
  analyst = await insertUser('analyst');
});
beforeEach(() => {
  vi.stubEnv('WEIR_OUTGOING_ALLOW', '127.0.0.1');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

async function change(more: object): Promise<void> {
  const { value, version } = await readSetting(providerSetting);
  await changeProvider(admin, { ...value, ...more }, { reason: 'test', version });
}

describe('changeProvider()', () => {
  it('refuses an address inside the network, in any spelling, unless the deployment allows it', async () => {
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '');
    for (const address of [
      'https://127.0.0.1/x',
      'https://2130706433/',
      'https://[::ffff:169.254.169.254]/',
      'http://1.1.1.1/',
      'https://localhost/',
    ])
      await expect(change({ kind: 'webhook', address }), address).rejects.toMatchObject({
        code: 'bad_input',
      });
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '127.0.0.0/8');
    await change({ kind: 'webhook', address: 'http://127.0.0.1:9/weir' });
  });

  it('takes a name that does not resolve yet', async () => {
    await change({ kind: 'webhook', address: 'https://not-there-yet.invalid/' });
  });

  it('is for administrators', async () => {
    const { value, version } = await readSetting(providerSetting);
    for (const act of [
      changeProvider(analyst, { ...value, shadow: true }, { reason: 'test', version }),
      rotateWebhookSecret(analyst, { reason: 'test', keepHours: 0 }),
      setLitellmKey(analyst, { reason: 'test', key: 'sk-12345678' }),
      testProvider(analyst),
    ])
      await expect(act).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('chooseProvider()', () => {
  it('answers what is set now, and whether it runs in shadow mode', async () => {
    await change({ kind: 'litellm', address: 'https://litellm.example', shadow: true });
    expect(await chooseProvider()).toMatchObject({
      provider: { name: 'LiteLLM at litellm.example', simulated: false },
      shadow: true,
    });
    await change({ kind: 'sandbox', shadow: false });
    expect(await chooseProvider()).toMatchObject({
      provider: { name: 'Sandbox', simulated: true },
      shadow: false,
    });
  });
});

describe('testProvider()', () => {
  it('sends a ping that is signed with both secrets during a rotation, and writes down what came of it', async () => {
    const { secret: old } = await rotateWebhookSecret(admin, { reason: 'the first', keepHours: 0 });
    await using to = await webhookReceiver(() => old);
    await change({ kind: 'webhook', address: to.url });
    expect(await testProvider(admin)).toMatchObject({ ok: true, status: 200, answer: '{"result":"done"}' });
    await rotateWebhookSecret(admin, { reason: 'it leaked', keepHours: 24 });
    expect(await testProvider(admin)).toMatchObject({ ok: true });
    await rotateWebhookSecret(admin, { reason: 'it leaked again', keepHours: 0 });
    expect(await testProvider(admin)).toMatchObject({
      ok: false,
      status: 401,
      reading: expect.stringContaining('401'),
    });
    const entries = await database().auditEntry.findMany({ where: { verb: 'provider.test' } });
    expect(entries.map((entry) => entry.detail)).toMatchObject([
      { ok: true },
      { ok: true },
      { ok: false, status: 401 },
    ]);
  });

  it('says when nobody answers, when there is no secret, and when LiteLLM does not take the key', async () => {
    await change({ kind: 'webhook', address: 'http://127.0.0.1:9/' });
    expect(await testProvider(admin)).toMatchObject({
      ok: false,
      status: null,
      reading: 'nobody answers at this address',
    });
    await using to = await litellmReceiver('sk-right-key');
    await change({ kind: 'litellm', address: to.url });
    expect(await testProvider(admin)).toMatchObject({ ok: false, status: 401 });
    await setLitellmKey(admin, { reason: 'the first', key: 'sk-right-key' });
    expect(await testProvider(admin)).toMatchObject({ ok: true, status: 200 });
  });
});

describe('getProviderSettings()', () => {
  it('shows everybody what is set, who changed it and why, and nobody a secret', async () => {
    await change({ kind: 'webhook', address: 'https://provider.example/hooks' });
    const { secret } = await rotateWebhookSecret(admin, { reason: 'again', keepHours: 1 });
    const [forAdmin, forAnalyst] = [await getProviderSettings(admin), await getProviderSettings(analyst)];
    expect([forAdmin.mayChange, forAnalyst.mayChange]).toEqual([true, false]);
    for (const view of [forAdmin, forAnalyst]) expect(JSON.stringify(view)).not.toContain(secret.slice(6));
    expect(forAdmin.webhookSecrets).toMatchObject([{ endsAt: null }, { endsAt: expect.any(String) }]);
    expect(forAdmin.history[0]).toMatchObject({ setting: 'Provider', changedBy: admin.name, reason: 'test' });
  });
});
