import { AppError } from '@/lib/errors';
import { MAX_ID } from '@/lib/storable-id';

/** The id as the database holds it. @throws AppError not_found for what cannot be a cluster's id */
export function clusterId(id: number): number {
  if (Number.isInteger(id) && id > 0 && id <= MAX_ID) return id;
  throw noSuchCluster(id);
}

export function noSuchCluster(id: number): AppError {
  const which = Number.isInteger(id) ? `CL-${id}` : 'with this number';
  return new AppError(
    'not_found',
    `There is no cluster ${which}. Look for it in the queue; dismissed ones are listed there too.`,
  );
}
