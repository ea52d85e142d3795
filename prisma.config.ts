import { defineConfig } from 'prisma/config';

/** For Prisma's own command line. Weir itself migrates at start and needs no engine (docs/decisions/003). */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/weir' },
});
