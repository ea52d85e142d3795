import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };

/** Files that start many processes or kill them, as the list at the end of a run shows them. */
const LONGEST = [
  'lib/ingest/kill.db.test.ts',
  'lib/worker/main.db.test.ts',
  'lib/cli/weir.db.test.ts',
  'lib/enforcement/exactly-once.db.test.ts',
  'lib/cli/bad-input.db.test.ts',
  'lib/cli/ingest-formats.db.test.ts',
  'lib/enforcement/propose-from.db.test.ts',
];

/**
 * Begins with the longest files, so that no core waits for the last one alone. A clean checkout has no times of an
 * earlier run to go by, and the size of a file says little.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
      return at === -1 ? LONGEST.length : at;
    };
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => group(a) - group(b) || rank(a) - rank(b));
  }
}

/** Two projects: pure tests in any order, and tests that each get a database of their own. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{app,components,lib}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{db,soak}.test.ts', 'node_modules/**'],
          // They are pure: a process takes one file after the other and loads what they share once.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          // Properties over thousands of cases take their time on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: ['lib/**/*.db.test.ts', 'app/**/*.db.test.ts'],
          globalSetup: ['lib/database/testing/start-test-postgres.ts'],
          setupFiles: ['lib/database/testing/use-own-database.ts'],
          maxWorkers: 2,
          // After the unit tests: the two projects would otherwise share two cores.
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
