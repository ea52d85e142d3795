import { AppError } from '@/lib/errors';
import { findDestination } from './find-destination';
import { OutgoingError } from './outgoing-error';

/** Refuses what would never be called. A name that does not resolve now may do so later.
 * @throws AppError bad_input */
export async function refuseClosed(address: string): Promise<void> {
  try {
    await findDestination(address);
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    if (error.kind === 'failed') return;
    throw new AppError(
      'bad_input',
      `Weir would never call this address (${error.message}). Use https and a public address, or have the deployment allow it in WEIR_OUTGOING_ALLOW.`,
    );
  }
}
