/**
 * OpenTelemetry GenAI spans as OTLP/JSON: one ExportTraceServiceRequest, or one a line as the Collector's file
 * exporter writes them. Names are those of the GenAI semantic conventions, then what they were called before, then
 * OpenLLMetry's. Who called usually stands on the server span above the model's: parents within one request are asked.
 */
import { BrokenStreamError } from '../broken-stream';
import { decompress } from '../decompress';
import { quoteInput } from '../quote-input';
import { UnreadableInputError } from '../read-lines';
import type { AdaptedRow, Adapter } from './adapter';
import { cutText, firstAddress, fitId, isObject, MAX_ID, MAX_TOKEN, withoutMissing } from './fit-values';
import { type Attributes, readAttributes } from './otlp-attributes';
import { spanChat } from './otlp-chat';
import { toolNames } from './read-chat';
import { readJsonValues } from './read-json-values';
import { nanoTime } from './source-times';

interface Span {
  attributes: Attributes;
  resource: Attributes;
  raw: Record<string, unknown>;
}

/** Steps around a model call: the call itself has its own span, and their token counts are sums of those. */
const NOT_INFERENCE =
  /^(execute_tool|create_agent|invoke_agent|invoke_workflow|plan|retrieval|.*_memory|.*_memory_store)$/;
const MODEL_CALL = ['gen_ai.request.model', 'gen_ai.response.model', 'llm.request.model'];
const MAX_PARENTS = 32;
const [CLIENT, PRODUCER] = [3, 4];

const ACCOUNT = ['enduser.id', 'user.id', 'enduser.pseudo.id'];
const ADDRESS = ['client.address', 'http.client_ip', 'client.socket.address'];
/** On a client span these name the model's server, which all accounts share. */
const PEER_ADDRESS = ['network.peer.address', 'net.sock.peer.addr', 'net.peer.ip'];
const AGENT = ['user_agent.original', 'http.user_agent'];
const SESSION = ['session.id', 'gen_ai.conversation.id'];
const INPUT_TOKENS = ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.usage.prompt_tokens'];
const OUTPUT_TOKENS = [
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.completion_tokens',
  'llm.usage.completion_tokens',
];

export interface OtlpAdapter extends Adapter {
  /** Why the first document that could not be read at all could not; its spans are not known. */
  readonly brokenDocument: string | undefined;
}

export function otlpAdapter(): OtlpAdapter {
  let skipped = 0;
  let brokenDocument: string | undefined;
  return {
    format: 'otlp',
    get skipped() {
      return skipped;
    },
    get brokenDocument() {
      return brokenDocument;
    },
    async *read(bytes) {
      let documents = 0;
      try {
        for await (const items of readJsonValues(decompress(bytes))) {
          for (const item of items) {
            documents++;
            const spans = 'reason' in item ? item.reason : findSpans(item.value);
            if (typeof spans === 'string') {
              brokenDocument ??= spans;
              yield [{ number: item.number, reason: spans }];
              continue;
            }
            const calls = spans.filter(isModelCall);
            skipped += spans.length - calls.length;
            const byId = new Map(spans.map((span) => [span.raw.spanId, span]));
            yield calls.map((span) => adapt(item.number, span, byId));
          }
        }
      } catch (error) {
        if (!(error instanceof BrokenStreamError)) throw error;
        throw new UnreadableInputError(`${error.message}: ${documents} lines were read before`, documents, {
          cause: error,
        });
      }
    },
  };
}

/** Every span of a document, or why it is none. */
function findSpans(document: unknown): Span[] | string {
  if (!isObject(document)) return 'expected an OTLP/JSON object with resourceSpans';
  const groups = document.resourceSpans;
  if (groups === undefined && Object.keys(document).length === 0) return [];
  if (!Array.isArray(groups)) {
    const keys = Object.keys(document)
      .slice(0, 5)
      .map((key) => quoteInput(key, 30));
    return `no resourceSpans: this is no OTLP trace export, it has ${keys.join(', ')}`;
  }
  return groups.filter(isObject).flatMap((group) => {
    const resource = readAttributes(isObject(group.resource) ? group.resource.attributes : []);
    const scopes = group.scopeSpans ?? group.instrumentationLibrarySpans;
    return (Array.isArray(scopes) ? scopes : [])
      .flatMap((scope) => (isObject(scope) && Array.isArray(scope.spans) ? scope.spans : []))
      .filter(isObject)
      .map((raw) => ({ raw, resource, attributes: readAttributes(raw.attributes) }));
  });
}

function isModelCall({ attributes }: Span): boolean {
  if (NOT_INFERENCE.test(String(attributes.get('gen_ai.operation.name')))) return false;
  return MODEL_CALL.some((name) => attributes.has(name));
}

function adapt(number: number, span: Span, byId: Map<unknown, Span>): AdaptedRow {
  const { raw, attributes } = span;
  const above = withParents(span, byId);
  const name = `span ${typeof raw.spanId === 'string' ? quoteInput(raw.spanId, 20) : 'without a spanId'}`;
  const inherited = (names: readonly string[]) =>
    firstOf([...above.map((one) => one.attributes), span.resource], names);
  const accountId = inherited(ACCOUNT);
  if (accountId === undefined) {
    const reason = `${name}: no account: neither it, nor a span above it, nor its resource has enduser.id or user.id`;
    return { number, reason };
  }
  if (typeof raw.traceId !== 'string' || typeof raw.spanId !== 'string' || !raw.traceId || !raw.spanId) {
    return { number, reason: `${name}: traceId and spanId are needed to count it once` };
  }
  const chat = spanChat(attributes, raw.events);
  const record = withoutMissing({
    record: 'exchange',
    // Hex of either case is the same span.
    exchange_id: fitId(`${raw.traceId}-${raw.spanId}`.toLowerCase()),
    account_id: typeof accountId === 'number' ? String(accountId) : accountId,
    occurred_at: nanoTime(raw.startTimeUnixNano),
    model: cutText(firstOf([attributes], MODEL_CALL), MAX_TOKEN),
    access_path: cutText(firstOf([attributes], ['gen_ai.provider.name', 'gen_ai.system']), MAX_TOKEN),
    ip: clientAddress(above),
    user_agent: cutText(inherited(AGENT), MAX_TOKEN),
    session_id: cutText(inherited(SESSION), MAX_ID),
    input_tokens: firstOf([attributes], INPUT_TOKENS),
    output_tokens: firstOf([attributes], OUTPUT_TOKENS),
    tool_names: toolNames(attributes.get('gen_ai.tool.definitions')),
    prompt: chat.prompt,
    system_prompt: chat.system,
  });
  return { number, record };
}

/** The span and those above it that came in the same document, nearest first. */
function withParents(span: Span, byId: Map<unknown, Span>): Span[] {
  const chain = [span];
  for (let at = span; chain.length < MAX_PARENTS; ) {
    const parent = at.raw.parentSpanId ? byId.get(at.raw.parentSpanId) : undefined;
    if (!parent || parent.raw.traceId !== span.raw.traceId || chain.includes(parent)) break;
    chain.push(parent);
    at = parent;
  }
  return chain;
}

function clientAddress(above: readonly Span[]): string | undefined {
  for (const { attributes, raw } of above) {
    const isOutgoing = [CLIENT, PRODUCER, 'SPAN_KIND_CLIENT', 'SPAN_KIND_PRODUCER'].includes(
      raw.kind as number,
    );
    for (const name of isOutgoing ? ADDRESS : [...ADDRESS, ...PEER_ADDRESS]) {
      const address = firstAddress(attributes.get(name));
      if (address) return address;
    }
  }
  return undefined;
}

function firstOf(places: readonly Attributes[], names: readonly string[]): unknown {
  for (const place of places) {
    for (const name of names) {
      const value = place.get(name);
      if (value !== undefined && value !== '') return value;
    }
  }
  return undefined;
}
