'use server';

import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import type { VerifiedLog } from '@/lib/audit/verified-schema';
import { verifyNow } from '@/lib/audit/verify-now';
import type { ActionResult } from '@/lib/errors';

/** Reads the whole log again and checks it. */
export async function verifyAuditAction(_: null): Promise<ActionResult<VerifiedLog>> {
  return runAction('verify the audit', async () => verifyNow(await requirePersonOrThrow()));
}
