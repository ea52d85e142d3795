import type { Transaction } from '@/lib/database/transaction';
import { readSetting } from '@/lib/settings/read-setting';
import { countermeasuresSetting, type ProviderSettings, providerSetting } from '../provider-settings-schema';
import { litellmProvider } from './litellm';
import type { ChosenProvider, Provider } from './provider';
import { freshSecrets, litellmKey, webhookSecret } from './provider-secrets';
import { sandboxProvider } from './sandbox';
import { webhookProvider } from './webhook';

/** The provider that this deployment acts through, as its administrators have set it now.
 * @throws AppError unavailable when a setting cannot be read */
export async function chooseProvider(tx?: Transaction): Promise<ChosenProvider> {
  const [{ value }, { value: countermeasures }] = await Promise.all([
    readSetting(providerSetting, tx),
    readSetting(countermeasuresSetting, tx),
  ]);
  return { provider: build(value, { countermeasures }), shadow: value.shadow };
}

const signing = freshSecrets(webhookSecret);
const adminKeys = freshSecrets(litellmKey);

function build(
  { kind, address, timeoutSeconds, litellmAccount }: ProviderSettings,
  { countermeasures }: Pick<Parameters<typeof webhookProvider>[0], 'countermeasures'>,
): Provider {
  const timeoutMs = timeoutSeconds * 1000;
  switch (kind) {
    case 'sandbox':
      return sandboxProvider();
    case 'webhook':
      return webhookProvider({ address, timeoutMs, secrets: signing, countermeasures });
    case 'litellm':
      return litellmProvider({
        address,
        timeoutMs,
        account: litellmAccount,
        adminKey: async () => (await adminKeys())[0] ?? null,
      });
  }
}
