import type { Transaction } from '@/lib/database/transaction';
import { readSetting } from '@/lib/settings/read-setting';
import { providerSetting } from '../provider-settings-schema';
import type { ChosenProvider } from './provider';
import { sandboxProvider } from './sandbox';

/** The provider that this deployment acts through, as its administrators have set it.
 * @throws AppError unavailable when the setting cannot be read */
export async function chooseProvider(tx?: Transaction): Promise<ChosenProvider> {
  const { value } = await readSetting(providerSetting, tx);
  return { provider: sandboxProvider(), shadow: value.shadow };
}
