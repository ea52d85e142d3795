/**
 * LiteLLM's spend logs: rows of the table LiteLLM_SpendLogs as its API answers them (JSON), as NDJSON, or as a CSV
 * export. The account is the key's hash. Prompts are there when `store_prompts_in_spend_logs` is on, and then in
 * `proxy_server_request` rather than in `messages`.
 */
import type { AdaptedRow, Adapter } from './adapter';
import {
  cutText,
  firstAddress,
  fitId,
  isObject,
  MAX_ID,
  MAX_TOKEN,
  parseIfJson,
  readNumber,
  withoutMissing,
} from './fit-values';
import { type Chat, readChat, toolNames } from './read-chat';
import { readRows, type SourceRow } from './read-rows';
import { SharedValues } from './shared-values';
import { utcTime } from './source-times';

type Row = Record<string, unknown>;

const NEEDED = ['request_id', 'api_key', 'startTime'];
const REMEDY = 'Export the whole table LiteLLM_SpendLogs, or use --format mapped with a mapping file.';
const REDACTED = 'redacted-by-litellm';
const AGENT_TAG = 'User-Agent: ';
const MAX_LABELS = 32;

export function litellmAdapter(): Adapter {
  const shared = new SharedValues();
  return {
    format: 'litellm',
    skipped: 0,
    async *read(bytes) {
      for await (const rows of readRows(bytes, { columns: NEEDED, remedy: REMEDY })) {
        yield rows
          .flatMap(unwrapPage)
          .map((row) => ('reason' in row ? row : adapt(row.number, row.row, shared)));
      }
    },
  };
}

/** The log page's own endpoint answers `{"data": [rows], "total": n}`. */
function unwrapPage(item: SourceRow): SourceRow[] {
  if ('reason' in item || !Array.isArray(item.row.data) || item.row.request_id !== undefined) return [item];
  return item.row.data.map((row, i) =>
    isObject(row) ? { number: i + 1, row } : { number: i + 1, reason: 'expected a JSON object, one a row' },
  );
}

function adapt(number: number, row: Row, shared: SharedValues): AdaptedRow {
  const metadata = objectOf(row.metadata);
  const body = objectOf(row.proxy_server_request);
  const tags = textsOf(row.request_tags);
  const chat = firstChat(row.messages, body);
  const accountId = row.api_key || metadata.user_api_key;
  const occurredAt = utcTime(row.startTime);
  const record = withoutMissing({
    record: 'exchange',
    exchange_id: fitId(row.request_id),
    account_id: accountId,
    occurred_at: occurredAt,
    model: cutText(row.model, MAX_TOKEN) ?? cutText(row.model_group, MAX_TOKEN),
    access_path: cutText(row.custom_llm_provider, MAX_TOKEN),
    ip: firstAddress(row.requester_ip_address) ?? firstAddress(metadata.requester_ip_address),
    user_agent: userAgent(tags),
    session_id: cutText(row.session_id, MAX_ID),
    input_tokens: readNumber(row.prompt_tokens),
    output_tokens: readNumber(row.completion_tokens),
    tool_names: toolNames(body.tools),
    prompt: chat.prompt,
    system_prompt: chat.system,
    labels: labels(row, metadata, tags),
  });
  const values = {
    litellm_user: row.user || metadata.user_api_key_user_id,
    end_user: row.end_user || metadata.user_api_key_end_user_id,
  };
  return { number, record, also: shared.observe(accountId, occurredAt, values) };
}

/** The chat in the first place that has one; a redaction's marker is no prompt, it would look like one template. */
function firstChat(...places: unknown[]): Chat {
  const chats = places.map(readChat).filter((chat) => chat.prompt !== REDACTED);
  return (
    chats.find((chat) => chat.prompt !== undefined) ?? chats[0] ?? { prompt: undefined, system: undefined }
  );
}

/** LiteLLM tags a request with the product alone and with the whole header: the longer one says more. */
function userAgent(tags: readonly string[]): string | undefined {
  const agents = tags.filter((tag) => tag.startsWith(AGENT_TAG)).map((tag) => tag.slice(AGENT_TAG.length));
  return cutText(
    agents.reduce((longest, agent) => (agent.length > longest.length ? agent : longest), ''),
    MAX_TOKEN,
  );
}

function labels(row: Row, metadata: Row, tags: readonly string[]): string[] | undefined {
  const named = {
    organization: row.organization_id || metadata.user_api_key_org_id,
    team: row.team_id || metadata.user_api_key_team_id,
    key_alias: metadata.user_api_key_alias,
  };
  const all = Object.entries(named).flatMap(([name, value]) =>
    typeof value === 'string' && value ? [`${name}:${value}`] : [],
  );
  all.push(...tags.filter((tag) => !tag.startsWith(AGENT_TAG)));
  const fitting = all.flatMap((label) => cutText(label, MAX_TOKEN) ?? []).slice(0, MAX_LABELS);
  return fitting.length > 0 ? fitting : undefined;
}

function objectOf(value: unknown): Row {
  const read = parseIfJson(value);
  return isObject(read) ? read : {};
}

function textsOf(value: unknown): string[] {
  const read = parseIfJson(value);
  return Array.isArray(read) ? read.filter((item) => typeof item === 'string') : [];
}
