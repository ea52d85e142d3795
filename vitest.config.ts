import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };

/** Two projects: pure tests in any order, and tests that each get a database of their own. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{app,components,lib}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{db,soak}.test.ts', 'node_modules/**'],
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
