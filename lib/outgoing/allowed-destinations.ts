/** Destinations inside the deployment's own network that calls may go to: configuration of the machine, no screen's. */
import { AppError } from '@/lib/errors';
import { carriedIp, isIn, type Range, readRange } from './read-ip';

export interface AllowedDestinations {
  ranges: Range[];
  /** Lower case, without a port. */
  hosts: Set<string>;
}

const HOST = /^(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

/** Reads WEIR_OUTGOING_ALLOW: host names, addresses and ranges, separated by commas.
 * @throws AppError unavailable when one is none of these: a typing error must not open anything */
export function readAllowed(env: Record<string, string | undefined>): AllowedDestinations {
  const allowed: AllowedDestinations = { ranges: [], hosts: new Set() };
  for (const entry of (env.WEIR_OUTGOING_ALLOW ?? '').split(',').map((text) => text.trim().toLowerCase())) {
    if (entry === '') continue;
    const range = readRange(entry);
    if (range) allowed.ranges.push(range);
    else if (HOST.test(entry) && /[a-z]/.test(entry)) allowed.hosts.add(entry);
    else {
      throw new AppError(
        'unavailable',
        `WEIR_OUTGOING_ALLOW names "${entry.slice(0, 60)}", which is no host, address or range. Ask whoever runs this deployment to correct it.`,
      );
    }
  }
  return allowed;
}

/** True when the deployment allows this host, or the address it stands for. */
export function isAllowed(allowed: AllowedDestinations, host: string, address: Uint8Array): boolean {
  const inner = carriedIp(address);
  return (
    allowed.hosts.has(host) || allowed.ranges.some((range) => isIn(inner, range) || isIn(address, range))
  );
}
