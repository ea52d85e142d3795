import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run test:soak`: long tests at random points (`*.soak.test.ts`), one file after the other. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    name: 'soak',
    include: ['{app,lib,e2e}/**/*.soak.test.ts'],
    globalSetup: ['e2e/choose-soak-seed.ts', 'lib/database/testing/start-test-postgres.ts'],
    setupFiles: ['lib/database/testing/use-own-database.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
