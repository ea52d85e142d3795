import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import type { VerifiedLog } from './verified-schema';
import { verifyDatabase } from './verify-database';

/** A verification reads every entry: whoever asks while one runs gets its result too. */
const holder = globalThis as { weirVerifying?: Promise<VerifiedLog> };

/** Verifies the whole log from the desk. @throws AppError forbidden */
export async function verifyNow(actor: Actor): Promise<VerifiedLog> {
  requireRight(actor, 'audit.export');
  holder.weirVerifying ??= verify(actor).finally(() => {
    holder.weirVerifying = undefined;
  });
  return holder.weirVerifying;
}

async function verify(actor: Actor): Promise<VerifiedLog> {
  const from = performance.now();
  const found = await verifyDatabase(actor);
  const ended = { at: new Date().toISOString(), seconds: (performance.now() - from) / 1000 };
  if (!found.ok) return { ok: false, firstBad: found.first_bad, problem: found.problem, ...ended };
  return {
    ok: true,
    entries: found.entries,
    signed: found.signed,
    checkpoints: found.checkpoints,
    erased: found.erased,
    pushedTo: found.pushed_to,
    ...ended,
  };
}
