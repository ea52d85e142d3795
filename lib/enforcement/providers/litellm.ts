/**
 * LiteLLM's proxy, through its management API. It knows two states of a key or a customer, blocked and not, and keeps
 * no idempotency keys: a try after the first looks before it acts. docs/providers.md says what that means.
 */
import { z } from 'zod';
import { type OutgoingAnswer, sendRequest } from '@/lib/outgoing/send-request';
import type { ProviderSettings } from '../provider-settings-schema';
import type { AccountState } from '../rules';
import type { Provider, ProviderAnswer } from './provider';
import { note, parseJson } from './read-answer';
import { PATIENCE_MS, unanswered } from './webhook';

export interface LitellmOptions {
  /** The proxy's own address. */
  address: string;
  timeoutMs: number;
  /** What an account's id is there. */
  account: ProviderSettings['litellmAccount'];
  /** A key with the rights of a proxy administrator; null when none is set. */
  adminKey: () => Promise<string | null>;
}

const BLOCKED: Partial<Record<AccountState, boolean>> = { active: false, banned: true };
const STATE_WORDS: Record<AccountState, string> = {
  active: 'active',
  throttled: 'throttled',
  verification_required: 'asked to verify',
  banned: 'blocked',
};

export function litellmProvider(options: LitellmOptions): Provider {
  return {
    name: `LiteLLM at ${URL.canParse(options.address) ? new URL(options.address).host : 'no address'}`,
    simulated: false,
    timeoutMs: options.timeoutMs + PATIENCE_MS,
    async act(call, signal, mayStillSend) {
      const blocked = BLOCKED[call.state];
      if (call.countermeasure || call.lifts.length > 0) return refused('LiteLLM has no countermeasures');
      if (blocked === undefined) {
        const state = STATE_WORDS[call.state];
        return refused(`LiteLLM can block and unblock; it has no state "${state}" that could be taken back`);
      }
      try {
        return await new Attempt(options, call.accountId, signal, mayStillSend).bringAbout(
          blocked,
          call.attempt,
        );
      } catch (error) {
        return unanswered(error);
      }
    },
  };
}

/** One try: up to three requests that share one time limit. */
class Attempt {
  private readonly ends: number;

  constructor(
    private readonly options: LitellmOptions,
    private readonly id: string,
    private readonly signal?: AbortSignal,
    private readonly mayStillSend?: () => boolean,
  ) {
    this.ends = performance.now() + options.timeoutMs;
  }

  async bringAbout(blocked: boolean, attempt: number): Promise<ProviderAnswer> {
    if (attempt > 1) {
      const before = await this.look();
      if (before === blocked) return { kind: 'done', repeated: true };
      // A block makes the customer that it names; everything else needs one that is there.
      if (before === 'unknown' && (this.options.account === 'key' || !blocked))
        return unknown(this.options.account);
    }
    const answer = await this.send('POST', ...this.change(blocked));
    if (answer.status >= 200 && answer.status < 300) {
      const after = this.readBlocked(parseJson(answer.body));
      // A 200 that leaves the state as it was is no success: /customer/update may do so.
      if (after === !blocked)
        return refused(`LiteLLM took the call and left it ${after ? 'blocked' : 'unblocked'}`);
      if (after === blocked || (await this.look()) === blocked) return { kind: 'done', repeated: false };
      return failed(
        `${answer.status}, but LiteLLM does not say that it is ${blocked ? 'blocked' : 'unblocked'}`,
      );
    }
    if (answer.status === 401 || answer.status === 403)
      return failed(`${answer.status}: LiteLLM did not take the key`);
    if ([400, 404].includes(answer.status) && (await this.look()) === 'unknown')
      return unknown(this.options.account);
    return failed(note(`${answer.status} from LiteLLM`, readError(answer.body)));
  }

  private change(blocked: boolean): [path: string, body: object] {
    if (this.options.account === 'key') return [blocked ? 'key/block' : 'key/unblock', { key: this.id }];
    // /customer/unblock edits a list in memory and never undoes /customer/block.
    return blocked
      ? ['customer/block', { user_ids: [this.id] }]
      : ['customer/update', { user_id: this.id, blocked: false }];
  }

  /** Whether it is blocked now; "unknown" when LiteLLM does not know it, undefined when it does not say. */
  private async look(): Promise<boolean | 'unknown' | undefined> {
    const query = new URLSearchParams(
      this.options.account === 'key' ? { key: this.id } : { end_user_id: this.id },
    );
    const answer = await this.send('GET', `${this.options.account}/info?${query}`);
    if (answer.status === 404 && !isWrongPath(answer.body)) return 'unknown';
    return answer.status === 200 ? this.readBlocked(parseJson(answer.body)) : undefined;
  }

  private readBlocked(body: unknown): boolean | undefined {
    const read = bodySchema.safeParse(body);
    if (!read.success) return undefined;
    const { blocked, info, blocked_users } = read.data;
    if (blocked_users) return blocked_users.find((user) => user.user_id === this.id)?.blocked ?? undefined;
    // A key's field is empty until somebody blocks it for the first time.
    return info ? (info.blocked ?? false) : (blocked ?? undefined);
  }

  private async send(method: 'GET' | 'POST', path: string, body?: object): Promise<OutgoingAnswer> {
    return sendToLitellm(
      { ...this.options, timeoutMs: this.ends - performance.now() },
      method,
      path,
      body,
      this.signal,
      // Looking changes nothing.
      method === 'POST' ? this.mayStillSend : undefined,
    );
  }
}

/** One request with the administrator's key. @throws OutgoingError when there is no answer */
export async function sendToLitellm(
  { address, timeoutMs, adminKey }: Omit<LitellmOptions, 'account'>,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  signal?: AbortSignal,
  mayStillSend?: () => boolean,
): Promise<OutgoingAnswer> {
  const key = await adminKey();
  return sendRequest({
    url: new URL(path, address.endsWith('/') ? address : `${address}/`),
    method,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    timeoutMs,
    signal,
    mayStillSend,
  });
}

const blockedField = z.boolean().nullish();
const bodySchema = z.object({
  blocked: blockedField,
  info: z.object({ blocked: blockedField }).optional(),
  blocked_users: z.array(z.object({ user_id: z.string(), blocked: blockedField })).optional(),
});

const errorSchema = z.object({
  detail: z
    .union([z.string(), z.object({ error: z.string() }).transform((detail) => detail.error)])
    .optional(),
  error: z
    .union([z.string(), z.object({ message: z.string() }).transform((error) => error.message)])
    .optional(),
});

function readError(body: string): string | undefined {
  const read = errorSchema.safeParse(parseJson(body));
  return read.success ? (read.data.error ?? read.data.detail) : undefined;
}

/** The web framework's own words for a path that does not exist: then the address is wrong, not the account. */
function isWrongPath(body: string): boolean {
  const said = readError(body);
  return said === undefined || said === 'Not Found';
}

const failed = (text: string): ProviderAnswer => ({ kind: 'failed', note: text });
const refused = (text: string): ProviderAnswer => ({ kind: 'refused', note: text });
const unknown = (account: LitellmOptions['account']): ProviderAnswer =>
  refused(`LiteLLM does not know this ${account}`);
