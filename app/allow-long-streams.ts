/**
 * Node cuts off every request that takes more than five minutes to come in, and Next has no setting for it. Streams
 * may take as long as they like, since their handlers let go of a sender that stops; all else is held to the same
 * five minutes as before.
 *
 * Somebody who is refused still sends, and loses the answer on a connection that is closed at once: a stream's is
 * closed for writing first, and wholly when its handler wants no more of the body.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

const STREAMS = /^\/(api\/v1\/records|v1\/traces)\/?(\?|$)/;

export function allowLongStreams(othersWithinMs = 300_000): void {
  const latest = new WeakMap<Socket, IncomingMessage>();
  subscribe('http.server.request.start', (message) => {
    const { request, socket, server } = message as {
      request: IncomingMessage;
      socket: Socket;
      server: Server;
    };
    server.requestTimeout = 0;
    if (!STREAMS.test(request.url ?? '')) {
      if (!request.complete) endWithin(othersWithinMs, request);
      return;
    }
    if (!latest.has(socket)) linger(socket, () => latest.get(socket)?.complete ?? true);
    latest.set(socket, request);
  });
}

/** Node calls destroySoon when an answer is sent and the connection is to end with it. */
function linger(socket: Socket, isRead: () => boolean): void {
  const destroySoon = socket.destroySoon;
  socket.destroySoon = () => {
    if (isRead()) destroySoon.call(socket);
    else socket.end();
  };
}

function endWithin(ms: number, request: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, ms);
  request.once('close', () => clearTimeout(timer));
}
