import type { Provider } from './provider';
import { sandboxProvider } from './sandbox';

/** The provider that this deployment acts through. */
export function chooseProvider(): Provider {
  return sandboxProvider();
}
