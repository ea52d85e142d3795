/** What every request and every answer of this server gets, before anybody reads or writes it: the address of the peer,
 * which only the server knows; an id, by which log lines find one another; the headers that browsers go by. Pages put
 * their own policy in place of the one here (proxy.ts). */
import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isSecure } from '@/lib/access/auth-cookies';
import { PEER_HEADER, REQUEST_ID_HEADER } from '@/lib/access/rules';
import { enterRequest } from '@/lib/request-scope';
import { observeRequest } from './observe-requests';

/** An id that somebody before us gave, when it is one: it goes into the log. */
const PLAUSIBLE_ID = /^[\w-]{8,64}$/;

const ID_BYTES = 10;

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  // For what is no page: nothing of it is ever run or framed.
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
};
const HTTPS_ONLY = 'max-age=31536000; includeSubDomains';

export function stampRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response, socket } = message as {
      request: IncomingMessage;
      response: ServerResponse;
      socket: Socket;
    };
    const given = request.headers[REQUEST_ID_HEADER];
    const id =
      typeof given === 'string' && PLAUSIBLE_ID.test(given) ? given : randomBytes(ID_BYTES).toString('hex');
    const scope = { id };
    enterRequest(scope);
    observeRequest(request, response, scope);
    request.headers[PEER_HEADER] = socket.remoteAddress ?? '';
    request.headers[REQUEST_ID_HEADER] = id;
    response.setHeader(REQUEST_ID_HEADER, id);
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (isSecure()) response.setHeader('strict-transport-security', HTTPS_ONLY);
  });
}
