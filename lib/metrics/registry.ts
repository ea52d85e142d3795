/** What this process counts of itself. Labels come from fixed sets alone: no id, name, address or text of anybody. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { pool } from '@/lib/database/pool';

interface Own {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  aborted: Counter<'route'>;
}

// Next bundles code twice, so it hangs on the process.
const holder = globalThis as { weirMetrics?: Own };

const SECONDS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

function build(): Own {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'weir_database_pool_connections',
    help: 'Connections of this process to the database; waiting: requests that have none yet.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = pool();
      this.set({ state: 'used' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  return {
    registry,
    requests: new Histogram({
      name: 'weir_http_request_duration_seconds',
      help: 'Requests by route, until the last byte of the answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers: [registry],
    }),
    aborted: new Counter({
      name: 'weir_http_requests_aborted_total',
      help: 'Requests whose sender was gone before the answer was whole.',
      labelNames: ['route'],
      registers: [registry],
    }),
  };
}

export function ownMetrics(): Own {
  holder.weirMetrics ??= build();
  return holder.weirMetrics;
}
