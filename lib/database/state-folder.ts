/** The folder in which a deployment keeps its state: .weir beside package.json, or WEIR_STATE. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Not new URL('../..', …): the bundler would take the folder for a file of the desk.
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Absolute path of the state folder, made when absent. Others may pass through it, not look into it. */
export function stateFolder(): string {
  const folder = path.resolve(process.env.WEIR_STATE || path.join(root, '.weir'));
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o711);
  }
  return folder;
}

/** Reads a JSON file of the state folder, or undefined when it is absent or half written. */
export function readState<T>(name: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path.join(stateFolder(), name), 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Writes a JSON file of the state folder whole, readable by its owner only. */
export function writeState(name: string, value: unknown): void {
  const file = path.join(stateFolder(), name);
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 1)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
