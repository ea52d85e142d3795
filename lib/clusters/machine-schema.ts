/** Clusters and their accounts as programs ask for them and get them: GET /api/v1/clusters and below. */
import { z } from 'zod';
import { MEMBER_ROLES, QUADRANTS } from '@/lib/detection/fixed-sets';
import { ACCOUNT_STATUSES, CLUSTER_STATUSES } from './fixed-sets';

/** Rows of a page. */
const PAGE = { default: 100, most: 1_000 } as const;

const whole = (name: string, least: number, most: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `${name} is to be a whole number.`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `${name} is to be from ${least} to ${most}.`)
    .default(otherwise);
const page = {
  offset: whole('offset', 0, 100_000_000, 0),
  limit: whole('limit', 1, PAGE.most, PAGE.default),
};
const among = <const T extends readonly [string, ...string[]]>(name: string, values: T) =>
  z.enum(values, `${name} is to be one of: ${values.join(', ')}.`).optional();
const query = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, `Known parameters are: ${Object.keys(shape).join(', ')}.`);

export const clusterQuery = query({
  ...page,
  status: among('status', CLUSTER_STATUSES),
  quadrant: among('quadrant', QUADRANTS),
});
export type ClusterQuery = z.output<typeof clusterQuery>;

export const accountQuery = query({ ...page, role: among('role', MEMBER_ROLES) });
export type AccountQuery = z.output<typeof accountQuery>;

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const standing = {
  cluster_id: z.int().min(1),
  rank: z.int().meta({ description: 'Its place in the latest run, 1 is the best.' }),
  score: z.number().meta({ description: '0 to 100.' }),
  coordination: share,
  extraction: share,
  quadrant: z.enum(QUADRANTS),
  status: z.enum(CLUSTER_STATUSES),
};
const tally = {
  members: count.meta({ description: 'Accounts of the cluster that show it.' }),
  population: count.meta({ description: 'Accounts of all that show it.' }),
  expected: z.number().min(0).meta({ description: 'Accounts of a chance group of this size that would.' }),
};
const evidence = z
  .array(
    z.object({
      kind: z.string(),
      values: z.array(z.object({ value: z.string(), ...tally })),
      ...tally,
      points: z.number().meta({ description: 'Its part of the score.' }),
    }),
  )
  .meta({ description: 'The strongest first.' });

/** A line of `clusters export`, and GET /api/v1/clusters/ID. */
export const clusterLine = z.object({
  ...standing,
  account_ids: z.array(z.string()).meta({ description: 'Core and ordinary members, the strongest first.' }),
  weak_account_ids: z.array(z.string()),
  evidence,
});
export type ClusterLine = z.infer<typeof clusterLine>;

const clusterSummary = z.object({ ...standing, accounts: count, weak_accounts: count, evidence });
export type ClusterSummary = z.infer<typeof clusterSummary>;

const pageOf = {
  total: count,
  next: count.nullable().meta({ description: 'The offset of the next page; null on the last.' }),
};
export const clusterPage = z.object({ clusters: z.array(clusterSummary), ...pageOf });
export type ClusterPage = z.infer<typeof clusterPage>;

export const accountPage = z.object({
  accounts: z.array(
    z.object({
      account_id: z.string(),
      role: z.enum(MEMBER_ROLES),
      strength: share,
      kinds: z.array(z.string()).meta({ description: 'Kinds of evidence that hold it.' }),
      status: z.enum(ACCOUNT_STATUSES),
      exchanges: count,
    }),
  ),
  ...pageOf,
});
export type AccountPage = z.infer<typeof accountPage>;
