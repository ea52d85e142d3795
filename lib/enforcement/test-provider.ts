import { randomUUID } from 'node:crypto';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { OutgoingError } from '@/lib/outgoing/outgoing-error';
import { postSigned } from '@/lib/outgoing/post-signed';
import type { OutgoingAnswer } from '@/lib/outgoing/send-request';
import { readSetting } from '@/lib/settings/read-setting';
import { readSecrets } from '@/lib/settings/secrets';
import { storableText } from '@/lib/storable-text';
import { type ProviderSettings, type ProviderTest, providerSetting } from './provider-settings-schema';
import { sendToLitellm } from './providers/litellm';
import { litellmKey, webhookSecret } from './providers/provider-secrets';
import { readAnswer } from './providers/read-answer';

const SHOWN = 500;

/** Calls the provider without touching any account: a signed ping, or for LiteLLM a question that takes the
 * administrator's key. In shadow mode too. @throws AppError forbidden, unavailable when a secret cannot be opened */
export async function testProvider(actor: Actor): Promise<ProviderTest> {
  requireRight(actor, 'settings.manage');
  const { value } = await readSetting(providerSetting);
  const started = performance.now();
  const result = await ask(value).catch((error: unknown) => {
    if (!(error instanceof OutgoingError)) throw error;
    return { ok: false, reading: error.message, status: null, answer: '' };
  });
  const test = { ...result, tookMs: Math.round(performance.now() - started) };
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'provider.test',
      object: { type: 'setting', id: providerSetting.name, label: providerSetting.title },
      detail: {
        kind: value.kind,
        ok: test.ok,
        status: test.status,
        reading: test.reading,
        tookMs: test.tookMs,
      },
    }),
  );
  return test;
}

async function ask(value: ProviderSettings): Promise<Omit<ProviderTest, 'tookMs'>> {
  const { kind, address } = value;
  const timeoutMs = value.timeoutSeconds * 1000;
  if (kind === 'sandbox')
    return { ok: true, reading: 'The sandbox is part of Weir.', status: null, answer: '' };
  if (kind === 'webhook') {
    const secrets = () => readSecrets(webhookSecret);
    const ping = { type: 'ping', key: `ping ${randomUUID()}`, data: {} };
    const answer = await postSigned({ address, timeoutMs, secrets }, ping);
    const read = readAnswer(answer, null);
    const ok = read.kind === 'done';
    return shown(
      answer,
      ok,
      ok ? 'It took the signed message and answered as agreed.' : `Not as agreed: ${read.note}.`,
    );
  }
  const adminKey = async () => (await readSecrets(litellmKey))[0] ?? null;
  const answer = await sendToLitellm({ address, timeoutMs, adminKey }, 'GET', 'key/list?page=1&size=1');
  if (answer.status === 200)
    return { ...shown(answer, true, 'LiteLLM took the key and lists keys.'), answer: '' };
  const refused = answer.status === 401 || answer.status === 403;
  return shown(
    answer,
    false,
    refused ? 'LiteLLM did not take the key.' : `${answer.status}: no management API answers here.`,
  );
}

function shown({ status, body }: OutgoingAnswer, ok: boolean, reading: string): Omit<ProviderTest, 'tookMs'> {
  return { ok, reading, status, answer: storableText(body.slice(0, SHOWN)) };
}
