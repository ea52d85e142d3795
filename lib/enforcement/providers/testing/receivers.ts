/** Real HTTP servers that keep accounts as a provider would, for the contract test: what they did is counted, and any
 * call can be made to go wrong. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serve, type TestServer } from '@/lib/outgoing/testing/serve';

/** How one call goes wrong. Those with `after` have acted by then. */
export const TROUBLES = [
  'error_503',
  'error_429',
  'drop',
  'drop_after',
  'silence',
  'silence_after',
  'drip_after',
  'garbage',
  'garbage_after',
  'error_in_200',
  'empty_200',
  'page_200',
  'flood_after',
  'redirect',
  'half_after',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface Receiver extends TestServer {
  /** Changes of an account's state that were made, by account. */
  effects: Map<string, number>;
  states: Map<string, string>;
  /** Requests that came in, oldest first. */
  requests: { path: string; headers: IncomingMessage['headers']; body: string }[];
  /** Goes wrong with the next call for an account, once. */
  next: Map<string, Trouble>;
  /** Accounts it does not know. */
  strangers: Set<string>;
}

interface Answer {
  status: number;
  body: unknown;
}

/** @param act what a call does and answers; `troubled` tells the account whose trouble a call has, null for none */
async function receiver(
  act: (
    request: IncomingMessage,
    body: string,
    to: Receiver,
  ) => { account: string | null; run: () => Answer },
): Promise<Receiver> {
  const server = await serve((request, response, body) => {
    to.requests.push({ path: request.url ?? '', headers: request.headers, body });
    const { account, run } = act(request, body, to);
    const trouble = account === null ? undefined : to.next.get(account);
    if (account !== null) to.next.delete(account);
    goWrong(trouble, request, response, run);
  });
  const to: Receiver = {
    ...server,
    effects: new Map(),
    states: new Map(),
    requests: [],
    next: new Map(),
    strangers: new Set(),
  };
  return to;
}

function goWrong(
  trouble: Trouble | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  run: () => Answer,
) {
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (trouble?.endsWith('_after')) run();
  switch (trouble) {
    case undefined: {
      const { status, body } = run();
      return json(status, body);
    }
    case 'error_503':
      return json(503, { error: 'try later' });
    case 'error_429':
      return response.writeHead(429, { 'retry-after': '1' }).end();
    case 'drop':
    case 'drop_after':
      return request.socket.destroy();
    case 'silence':
    case 'silence_after':
      return;
    case 'drip_after': {
      const drip = () => {
        if (response.destroyed) return;
        response.write(' ');
        setTimeout(drip, 15).unref();
      };
      return drip();
    }
    case 'garbage':
    case 'garbage_after':
      return response.end('\u0000\u0001<<{{');
    case 'error_in_200':
      return json(200, { error: { message: 'database is down', code: 500 }, success: false });
    case 'empty_200':
      return response.end();
    case 'page_200':
      return response.end('<html><body>Sign in</body></html>');
    case 'flood_after':
      return response.end(`{"result":"done","pad":"${'x'.repeat(300_000)}"}`);
    case 'redirect':
      return response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    case 'half_after':
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"result":"done"');
      setTimeout(() => request.socket.destroy(), 10);
  }
}

/** A webhook's receiver as docs/providers.md tells its makers to write it: verify, act once an id, answer. */
export async function webhookReceiver(secret: () => string): Promise<Receiver> {
  const acted = new Map<string, string>();
  return receiver((request, body, to) => {
    const message = JSON.parse(body);
    const { account_id, state, action, countermeasure, lifts } = message.data ?? {};
    const id = String(request.headers['webhook-id']);
    return {
      account: account_id ?? null,
      run: () => {
        if (!verify(secret(), request.headers, body))
          return { status: 401, body: { error: 'bad signature' } };
        if (message.type === 'ping') return { status: 200, body: { result: 'done' } };
        if (to.strangers.has(account_id))
          return { status: 404, body: { result: 'refused', reason: 'no such account' } };
        if (acted.has(id)) return { status: 200, body: { result: 'done', repeated: true } };
        const after =
          action === 'countermeasure'
            ? countermeasure.parameter
            : [state, ...lifts.map((l: { id: string }) => `-${l.id}`)].join(' ');
        acted.set(id, after);
        to.states.set(account_id, after);
        to.effects.set(account_id, (to.effects.get(account_id) ?? 0) + 1);
        return { status: 200, body: { result: 'done', account_id } };
      },
    };
  });
}

/** Written from the specification, not from our own signing. */
export function verify(secret: string, headers: IncomingMessage['headers'], body: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': list } = headers;
  if (Math.abs(Date.now() / 1000 - Number(at)) > 300) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
  return String(list)
    .split(' ')
    .some((entry) => {
      const given = Buffer.from(entry.replace(/^v1,/, ''), 'base64');
      return entry.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected);
    });
}

/** LiteLLM's management API as its source has it, with its quirks. */
export async function litellmReceiver(
  adminKey: string,
  options: { updateUnblocks?: boolean } = {},
): Promise<Receiver> {
  const blocked = new Map<string, boolean>();
  return receiver((request, body, to) => {
    const url = new URL(request.url ?? '/', 'http://litellm');
    const data = body === '' ? {} : JSON.parse(body);
    const id: string =
      data.key ??
      data.user_ids?.[0] ??
      data.user_id ??
      url.searchParams.get('key') ??
      url.searchParams.get('end_user_id') ??
      '';
    const isCustomer = url.pathname.startsWith('/customer/');
    const set = (value: boolean) => {
      if ((blocked.get(id) ?? false) !== value) to.effects.set(id, (to.effects.get(id) ?? 0) + 1);
      blocked.set(id, value);
      to.states.set(id, value ? 'banned' : 'active');
    };
    const unknown = {
      status: 404,
      body: isCustomer
        ? { error: { message: `End User Id=${id} does not exist in db`, code: '404' } }
        : { detail: { error: 'Key not found in database' } },
    };
    const run = (): Answer => {
      if (request.headers.authorization !== `Bearer ${adminKey}`)
        return { status: 401, body: { error: { message: 'Authentication Error' } } };
      switch (`${request.method} ${url.pathname}`) {
        case 'GET /key/list':
          return { status: 200, body: { keys: [], total_count: 0 } };
        case 'GET /key/info':
          return to.strangers.has(id)
            ? unknown
            : { status: 200, body: { key: id, info: { blocked: blocked.get(id) ?? null } } };
        case 'POST /key/block':
        case 'POST /key/unblock':
          if (to.strangers.has(id)) return unknown;
          set(url.pathname === '/key/block');
          return { status: 200, body: { token: id, blocked: blocked.get(id) } };
        case 'GET /customer/info':
          return blocked.has(id) ? { status: 200, body: { user_id: id, blocked: blocked.get(id) } } : unknown;
        case 'POST /customer/block':
          set(true);
          return { status: 200, body: { blocked_users: [{ user_id: id, blocked: true }] } };
        case 'POST /customer/update':
          if (!blocked.has(id)) return unknown;
          if (options.updateUnblocks ?? true) set(data.blocked);
          return { status: 200, body: { user_id: id, blocked: blocked.get(id) } };
        default:
          return { status: 404, body: { detail: 'Not Found' } };
      }
    };
    // A look before an act is not the call that goes wrong.
    return { account: request.method === 'POST' ? id : null, run };
  });
}
