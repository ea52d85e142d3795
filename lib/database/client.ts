/** Prisma's client over the shared pool. */
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client';
import { closePool, pool } from './pool';

const holder = globalThis as { weirDatabase?: PrismaClient };

/** The client of this process, opened at first use. */
export function database(): PrismaClient {
  holder.weirDatabase ??= new PrismaClient({ adapter: new PrismaPg(pool()), errorFormat: 'minimal' });
  return holder.weirDatabase;
}

/** Closes the client and its pool. */
export async function closeDatabase(): Promise<void> {
  const open = holder.weirDatabase;
  holder.weirDatabase = undefined;
  await open?.$disconnect();
  await closePool();
}
