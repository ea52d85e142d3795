/**
 * Node cuts off every request that takes more than five minutes to come in, and Next has no setting for it. Streams
 * may take as long as they like, since their handlers let go of a sender that stops; all else is held to the same
 * five minutes as before.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server } from 'node:http';

const STREAMS = /^\/(api\/v1\/records|v1\/traces)\/?(\?|$)/;

export function allowLongStreams(othersWithinMs = 300_000): void {
  subscribe('http.server.request.start', (message) => {
    const { request, server } = message as { request: IncomingMessage; server: Server };
    server.requestTimeout = 0;
    if (request.complete || STREAMS.test(request.url ?? '')) return;
    const timer = setTimeout(() => {
      if (!request.complete) request.destroy();
    }, othersWithinMs);
    request.once('close', () => clearTimeout(timer));
  });
}
