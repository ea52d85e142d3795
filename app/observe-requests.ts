/** Counts each request and writes one line of it when its answer is whole, or its sender gone. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '@/lib/log';
import { ownMetrics } from '@/lib/metrics/registry';
import type { RequestScope } from '@/lib/request-scope';
import { routeOf } from './route-of';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  scope: RequestScope,
): void {
  const began = performance.now();
  const { requests, aborted } = ownMetrics();
  response.once('close', () => {
    const method = METHODS.has(request.method ?? '') ? String(request.method) : 'other';
    const route = routeOf(request.url ?? '');
    const seconds = (performance.now() - began) / 1_000;
    const whole = response.writableFinished;
    const status = response.statusCode;
    if (whole) requests.observe({ method, route, status: String(status) }, seconds);
    else aborted.inc({ route });
    // The address is not written: names and values of people stand in it.
    log[route === 'static' ? 'debug' : 'info'](
      {
        id: scope.id,
        method,
        route,
        status,
        ms: Math.round(seconds * 1_000),
        ...(scope.personId !== undefined && { person: scope.personId }),
        ...(scope.keyId !== undefined && { key: scope.keyId }),
        ...(!whole && { aborted: true }),
      },
      'request',
    );
  });
}
