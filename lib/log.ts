/** The web server's log: JSON lines on stdout, each with the id of its request. An error is told by its kind, words, code and stack, never by whatever else
 * hangs on it: a query's parameters and an answer's headers hold what nobody may read here. */
import { type LoggerOptions, pino } from 'pino';
import { requestScope } from './request-scope';

const MOST_WORDS = 4_000;
const MOST_CAUSES = 4;

export const logOptions: LoggerOptions = {
  name: 'web',
  level: process.env.WEIR_LOG || 'info',
  base: { pid: process.pid },
  mixin: () => {
    const scope = requestScope();
    return scope ? { id: scope.id } : {};
  },
  serializers: { err: (error: unknown) => describe(error) },
};

export const log = pino(logOptions);

interface Described {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  digest?: string;
  cause?: Described;
}

function describe(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutSecrets(String(error)) };
  const described: Described = { type: error.name, message: withoutSecrets(error.message) };
  if ('code' in error) described.code = String(error.code).slice(0, 40);
  if ('digest' in error) described.digest = String(error.digest).slice(0, 80);
  if (error.stack) described.stack = withoutSecrets(error.stack);
  if (error.cause !== undefined && depth < MOST_CAUSES) described.cause = describe(error.cause, depth + 1);
  return described;
}

/** Our keys, bearer tokens, and the names and passwords within addresses, wherever words hold them. */
function withoutSecrets(words: string): string {
  return words
    .slice(0, MOST_WORDS)
    .replaceAll(/\bweir_[\w-]{8,}/g, 'weir_…')
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 …')
    .replaceAll(/:\/\/[^\s/@]+@/g, '://…@');
}
