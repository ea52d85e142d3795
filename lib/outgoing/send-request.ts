/** Calls to other people's machines: guarded, bounded in time and size, never redirected. */
import http from 'node:http';
import https from 'node:https';
import { finished } from 'node:stream/promises';
import { type Destination, findDestination, type Resolve } from './find-destination';
import { OutgoingError } from './outgoing-error';

export interface OutgoingRequest {
  url: string | URL;
  method: 'GET' | 'POST' | 'PUT';
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds for everything: resolving, connecting, sending and the last byte of the answer. */
  timeoutMs: number;
  /** Most bytes of an answer that are read; 64 kB unless set. */
  maxBytes?: number;
  /** Ends the call early. */
  signal?: AbortSignal;
  /** Asked once the connection stands, right before the first byte is written; after a no nothing is. */
  mayStillSend?: () => boolean;
  /** Instead of the system's resolver. */
  resolve?: Resolve;
}

export interface OutgoingAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

const MAX_BYTES = 65_536;
const KEEP_ALIVE = {
  keepAlive: true,
  keepAliveMsecs: 5_000,
  maxSockets: 32,
  timeout: 15_000,
  scheduling: 'fifo',
} as const;
const agents = { 'http:': new http.Agent(KEEP_ALIVE), 'https:': new https.Agent(KEEP_ALIVE) };

/**
 * Sends one request and reads its answer whole. A redirect is an answer like any other and is not followed.
 * @throws OutgoingError refused when the address leads to a closed place, failed when there is no whole answer in time, unsent
 * when it was no longer to be sent
 */
export async function sendRequest(request: OutgoingRequest): Promise<OutgoingAnswer> {
  const time = AbortSignal.timeout(Math.max(1, Math.ceil(request.timeoutMs)));
  const signal = request.signal ? AbortSignal.any([time, request.signal]) : time;
  try {
    const destination = await untilAborted(findDestination(request.url, request.resolve), signal);
    return await exchange(destination, request, signal);
  } catch (error) {
    if (error instanceof OutgoingError) throw error;
    if (time.aborted) throw new OutgoingError('failed', 'timeout', { cause: error });
    if (signal.aborted) throw new OutgoingError('failed', 'ended before the answer', { cause: error });
    throw new OutgoingError('failed', wordsOf(error), { cause: error });
  }
}

async function exchange(
  to: Destination,
  request: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  const { url } = to;
  const secure = url.protocol === 'https:';
  const body = request.body === undefined ? undefined : Buffer.from(request.body);
  const sent = (secure ? https : http).request({
    method: request.method,
    // The checked address, not the name: a second look-up could answer another one.
    host: to.address,
    family: to.family,
    port: url.port || (secure ? 443 : 80),
    path: url.pathname + url.search,
    ...(secure && { servername: serverName(url) }),
    agent: agents[secure ? 'https:' : 'http:'],
    headers: {
      'user-agent': 'Weir',
      accept: 'application/json',
      ...request.headers,
      host: url.host,
      ...(body && { 'content-length': String(body.length) }),
    },
    signal,
  });
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  // Later errors of the request reach the reader through the answer.
  sent.on('error', () => {});
  const send = () => {
    if (request.mayStillSend?.() ?? true) sent.end(body);
    else sent.destroy(new OutgoingError('unsent', 'not sent: no longer wanted'));
  };
  sent.once('socket', (socket) => {
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', send);
    else send();
  });
  const message = await answer;
  const text = await readBody(message, request.maxBytes ?? MAX_BYTES);
  return { status: message.statusCode ?? 0, headers: message.headers, body: text };
}

async function readBody(message: http.IncomingMessage, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  message.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size > maxBytes)
      message.destroy(new OutgoingError('failed', `the answer is longer than ${maxBytes} bytes`));
    else pieces.push(piece);
  });
  await finished(message);
  return Buffer.concat(pieces).toString('utf8');
}

/** TLS names hosts, never addresses. */
function serverName(url: URL): string {
  return /^[\d.]+$|^\[/.test(url.hostname) ? '' : url.hostname;
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
  });
  return Promise.race([work, aborted]).finally(() => over.abort());
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'nobody answers at this address',
  ECONNRESET: 'the connection was dropped',
  EPIPE: 'the connection was dropped',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was dropped in the middle of the answer',
  EHOSTUNREACH: 'the address cannot be reached',
  ENETUNREACH: 'the address cannot be reached',
  ETIMEDOUT: 'timeout',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by itself',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function wordsOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (WORDS[code]) return WORDS[code];
  if (code.startsWith('HPE_')) return 'the answer is not HTTP';
  return `no answer (${code || 'unknown error'})`;
}
