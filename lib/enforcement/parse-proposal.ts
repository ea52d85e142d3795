import { ZodError, type ZodType } from 'zod';
import type { Actor } from '@/lib/access/schema';
import { writeRefusal } from '@/lib/audit/write-audit';
import { AppError } from '@/lib/errors';

/**
 * What a person sent as a proposal. One for nobody (null, an empty list, no target at all) or one that makes no sense
 * is refused like any other that a rule forbids: with an entry in the audit.
 * @throws AppError bad_input
 */
export async function parseProposal<T>(actor: Actor, schema: ZodType<T>, input: unknown): Promise<T> {
  try {
    return schema.parse(input);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    const [field] = issue?.path ?? [];
    // What no form of ours sends has no words of its own.
    const words =
      issue?.code === 'invalid_type'
        ? `The proposal cannot be read (${field === undefined ? 'nothing was sent' : String(field)}). Open it and choose again.`
        : (issue?.message ?? 'The proposal cannot be read.');
    await writeRefusal(actor, {
      verb: 'proposal.create',
      object: { type: 'proposal', id: 'new' },
      reason: words,
    });
    throw new AppError('bad_input', words);
  }
}
