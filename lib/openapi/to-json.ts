import { z } from 'zod';
import type { JsonSchema } from './document-schema';

export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** What a sender may send: transforms count by what goes into them. */
export function toJson(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest as JsonSchema;
}
