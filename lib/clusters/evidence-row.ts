import { z } from 'zod';
import type { Evidence } from '@/lib/database/generated/client';
import type { EvidenceRow } from './schema';

const storedValues = z.array(
  z.object({
    indicatorId: z.string().default(''),
    value: z.string(),
    members: z.number(),
    population: z.number(),
    expected: z.number(),
  }),
);

/** Evidence as it is stored, with its strongest values read from JSON. */
export function toEvidenceRow(row: Evidence): EvidenceRow {
  return {
    kind: row.kind,
    members: row.members,
    population: row.population,
    expected: row.expected,
    points: row.points,
    scoreWithout: row.scoreWithout,
    valueCount: row.valueCount,
    values: storedValues.parse(row.values),
    detail: row.detail,
  };
}
