/** `weir`: the command line. Each command's last line of standard output is one JSON object, exports excepted. */
import { generateClient } from '@/lib/database/generate-client';
import { USAGE, UsageError } from './usage';

type Command = (args: string[]) => Promise<void>;

/** Loaded when asked for: simulate needs no database, and none needs all of them. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  ingest: async () => (await import('./ingest')).ingest,
  detect: async () => (await import('./detect')).detectCommand,
  'audit export': async () => (await import('./audit')).exportAuditCommand,
  'audit verify': async () => (await import('./audit')).verifyAuditCommand,
  'clusters export': async () => (await import('./export-clusters')).exportClustersCommand,
  'lists import': async () => (await import('./lists')).importListCommand,
  'intel export': async () => (await import('./export-intel')).exportIntelCommand,
  'intel import': async () => (await import('./intel')).importIntelCommand,
  'intel collect': async () => (await import('./intel')).addCollectionCommand,
  'intel grant': async () => (await import('./intel')).grantCommand,
  backup: async () => (await import('./back-up')).backUpCommand,
  simulate: async () => (await import('./simulate')).simulate,
  forget: async () => (await import('./forget')).forgetCommand,
  'users add': async () => (await import('./add-user')).addUserCommand,
  'keys add': async () => (await import('./add-key')).addKeyCommand,
};

async function main(argv: string[]): Promise<number> {
  const [first = '', second = ''] = argv;
  if (['', 'help', '--help', '-h'].includes(first)) {
    process.stdout.write(USAGE);
    return first === '' ? 2 : 0;
  }
  const name = COMMANDS[`${first} ${second}`] ? `${first} ${second}` : first;
  const load = COMMANDS[name];
  try {
    if (!load) throw new UsageError(`there is no command "${[first, second].join(' ').trim()}"`);
    generateClient();
    await (await load())(argv.slice(name.split(' ').length));
    return 0;
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      process.stderr.write(`weir: ${oneLine(error)}\n${USAGE}`);
      return 2;
    }
    process.stderr.write(`weir: ${oneLine(error)}\n`);
    if (process.env.WEIR_LOG === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

const isParseArgsError = (error: unknown) =>
  error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');

/** One clear line, whatever the error held: text from files may be hostile to a terminal. */
function oneLine(error: unknown): string {
  const words =
    error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
  return words
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 500);
}

process.exitCode = await main(process.argv.slice(2));
