/** What Prometheus is told: this process' own counts, and what the database says of all of them. */
import { Counter, Gauge, Registry } from 'prom-client';
import { type Reading, readDatabase } from './read-database';
import { ownMetrics } from './registry';

/** The text exposition format, for a key that opens it. A database that does not answer is `weir_database_up 0`, and the process' own counts
 * come all the same. */
export async function readMetrics(): Promise<{ type: string; text: string }> {
  const { registry } = ownMetrics();
  const now = new Registry();
  const readings = await readDatabase().catch(() => null);
  tell(now, {
    name: 'weir_database_up',
    help: '1 while the database answers.',
    values: [{ value: readings ? 1 : 0 }],
  });
  for (const reading of readings ?? []) tell(now, reading);
  return { type: registry.contentType, text: `${await registry.metrics()}${await now.metrics()}` };
}

function tell(registry: Registry, { name, help, counts, values }: Reading): void {
  const labelNames = Object.keys(values[0]?.labels ?? {});
  const metric = new (counts ? Counter : Gauge)({ name, help, labelNames, registers: [registry] });
  for (const { labels, value } of values) metric.inc(labels ?? {}, value);
}
