/**
 * A large desk written straight into the tables, for benches of the screens: detection and ingest have benches of
 * their own. Accounts in clusters, shared values, evidence and the hours of each, all from one formula, so that two
 * seeded desks are alike.
 */
import { addUser } from '@/lib/access/add-user';
import { makePassword } from '@/lib/access/password';
import { openState } from '@/lib/database/open-state';
import { ownerPool } from '@/lib/database/pool';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';

export interface DeskSize {
  accounts: number;
  clusters: number;
  /** Accounts of the first cluster; the others are 20 to 280. */
  largest: number;
}

export interface Seeded {
  email: string;
  password: string;
}

const DAYS = 30;
/** Kind, accounts that share one of its values, and how many values an account holds of it. */
const KINDS = [
  ['payment', 60, 1],
  ['device', 25, 1],
  ['ip', 40, 2],
  ['template', 900, 3],
  ['phone', 30, 1],
  ['client_fingerprint', 4000, 1],
] as const;

/** Fills the empty database of WEIR_STATE and leaves it. */
export async function seedDesk(size: DeskSize): Promise<Seeded> {
  const state = await openState();
  try {
    const last = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
    const days = Array.from({ length: DAYS }, (_, i) =>
      new Date(last.getTime() - i * 86_400_000).toISOString().slice(0, 10),
    );
    await makeWeeks(...days);
    // One connection: what the accounts hold stands in tables of its session meanwhile.
    const client = await ownerPool().connect();
    try {
      for (const [text, values] of statements(size, last)) await client.query(text, values);
      await client.query('ANALYZE');
    } finally {
      client.release(true);
    }
    // A password that is known already need not be replaced at the first sign-in.
    const password = makePassword();
    const { user } = await addUser(
      { kind: 'cli', name: 'bench' },
      { email: 'bench@example.com', name: 'Bench analyst', role: 'analyst' },
      password,
    );
    return { email: user.email, password };
  } finally {
    await state.close();
  }
}

/** @param last the hour after the latest record */
function statements({ accounts, clusters, largest }: DeskSize, last: Date): [string, unknown[]][] {
  return [
    [
      `INSERT INTO account (id, created_at, display_name, plan, country, monthly_spend_usd, first_seen_at,
         last_seen_at, exchanges)
       SELECT 'acct_' || lpad(to_hex(i * 2654435761 % 4294967296), 8, '0'), $2::timestamptz - interval '40 days',
         'Customer ' || i, (ARRAY['Pay as you go', 'Team', 'Education'])[1 + i % 3],
         (ARRAY['US', 'SG', 'DE', 'BR'])[1 + i % 4], (i * 37 % 400)::float8, $2::timestamptz - interval '30 days',
         $2, 200 + i * 7919 % 900
       FROM generate_series(1, $1::int) i ORDER BY i`,
      [accounts, last],
    ],
    [
      `INSERT INTO model (name, released_at) VALUES ('atlas-3', NULL), ('atlas-4', $1::timestamptz - interval '6 days')`,
      [last],
    ],
    [
      `INSERT INTO detection_run (started_at, finished_at, window_from, window_to, accounts, clusters,
         benign_accounts, config, seconds, suppressed, digest)
       VALUES (now(), now(), $2::timestamptz - interval '30 days', $2, $1::int, $3, $1::int / 4,
         '{"coordinationHigh":0.6,"extractionHigh":0.4}', '{}', '[]', 'bench')`,
      [accounts, last, clusters],
    ],
    [
      `INSERT INTO cluster (name, run_id, rank, score, retention, retention_low, coordination, extraction, quadrant,
         accounts, weak_accounts, exchanges, output_tokens, daily_rate, paying_accounts, spark, first_seen_at,
         last_seen_at, status)
       SELECT 'Bench cluster ' || c, 1, c, 60 - c * 50.0 / $1::int, .95, .9, .5 + c * 37 % 50 / 100.0,
         .3 + c * 53 % 70 / 100.0,
         (ARRAY['distillation', 'reseller_review', 'lone_extraction', 'benign'])[1 + c % 4]::quadrant, 0, 0, 0, 0, 26,
         c % 7, ARRAY(SELECT (d * c) % 97 FROM generate_series(1, 30) d), $2::timestamptz - interval '30 days', $2,
         (ARRAY['open', 'open', 'open', 'confirmed', 'dismissed'])[1 + c % 5]::cluster_status
       FROM generate_series(1, $1::int) c ORDER BY c`,
      [clusters, last],
    ],
    [
      // The first cluster takes the first accounts, each other one 20 to 280 of those that follow.
      `WITH size AS (
         SELECT id, CASE id WHEN 1 THEN $1::int ELSE 20 + id * 7919 % 261 END AS n FROM cluster),
       place AS (SELECT id, sum(n) OVER (ORDER BY id) - n AS start, n FROM size)
       INSERT INTO cluster_member (cluster_id, account_key, role, strength, kinds, strength_without, joined_run_id)
       SELECT p.id, a.key, (CASE WHEN a.key % 17 = 0 THEN 'weak' WHEN a.key % 3 = 0 THEN 'member' ELSE 'core' END)::member_role,
         CASE WHEN a.key % 17 = 0 THEN .2 ELSE .5 + a.key % 50 / 100.0 END,
         '{payment,device,template}', '{.6,.7,.5}', 1
       FROM place p JOIN account a ON a.key > p.start AND a.key <= p.start + p.n`,
      [largest],
    ],
    ...KINDS.flatMap(([kind, shared, each], k): [string, unknown[]][] => [
      [
        `CREATE TEMP TABLE held_${kind} AS
         SELECT m.cluster_id, m.account_key,
           ($2::int + 1) * 100000000000 + m.cluster_id * 1000000::bigint
             + (m.account_key * 7919 + j * 104729 + m.account_key / 11 * 31) % greatest(1, c.n * $3::int / $1::int) AS id
         FROM cluster_member m JOIN (SELECT cluster_id, count(*)::int AS n FROM cluster_member GROUP BY 1) c
           USING (cluster_id), generate_series(1, $3::int) j`,
        [shared, k, each],
      ],
      [
        `INSERT INTO indicator (id, kind, value) SELECT DISTINCT id, $1::text, $1::text || '_' || to_hex(id) FROM held_${kind}`,
        [kind],
      ],
      [
        `INSERT INTO account_indicator (account_key, indicator_id, day, count)
         SELECT DISTINCT account_key, id, ($1::timestamptz::date - (account_key % ${DAYS})::int), 1 + account_key % 9 FROM held_${kind}`,
        [last],
      ],
      [
        `INSERT INTO evidence (cluster_id, kind, members, population, expected, points, score_without, value_count, values)
         SELECT cluster_id, $1::text, sum(n)::int, sum(n)::int + 2, .5, 9 - $2::int, 20, count(*)::int,
           (jsonb_agg(jsonb_build_object('indicatorId', id::text, 'value', $1::text || '_' || to_hex(id), 'members', n,
             'population', n + 1, 'expected', .2) ORDER BY n DESC, id) FILTER (WHERE rank <= 50))
         FROM (SELECT cluster_id, id, count(DISTINCT account_key)::int AS n,
                 row_number() OVER (PARTITION BY cluster_id ORDER BY count(DISTINCT account_key) DESC, id) AS rank
               FROM held_${kind} GROUP BY 1, 2) v GROUP BY 1`,
        [kind, k],
      ],
    ]),
    [
      `INSERT INTO cluster_hour (cluster_id, hour, class, exchanges, input_tokens, output_tokens)
       SELECT c.id, $1::timestamptz - h * interval '1 hour', k, 1 + n * (1 + (h * 31 + k * 17 + c.id) % 9) / 12,
         400 * n, 900 * n
       FROM cluster c JOIN (SELECT cluster_id, count(*)::int AS n FROM cluster_member GROUP BY 1) s ON s.cluster_id = c.id,
         generate_series(1, ${DAYS * 24}) h, generate_series(0, 3) k
       WHERE c.id = 1 OR (h + c.id) % 3 = 0`,
      [last],
    ],
    [
      `INSERT INTO account_hour (account_key, hour, class, model_id, exchanges, input_tokens, output_tokens)
       SELECT m.account_key, $1::timestamptz - (1 + (m.account_key * 13 + j * 37) % 168) * interval '1 hour', 0, 1,
         1 + j % 4, 400, 900
       FROM cluster_member m, generate_series(1, 8) j`,
      [last],
    ],
    [
      `INSERT INTO benign_hour (hour, exchanges, output_tokens)
       SELECT $1::timestamptz - h * interval '1 hour', 9000 + h * 31 % 4000, 4000000 FROM generate_series(1, ${DAYS * 24}) h`,
      [last],
    ],
    [
      `UPDATE cluster c SET accounts = s.core, weak_accounts = s.weak, exchanges = h.exchanges,
         output_tokens = h.output
       FROM (SELECT cluster_id, count(*) FILTER (WHERE role <> 'weak') AS core,
               count(*) FILTER (WHERE role = 'weak') AS weak FROM cluster_member GROUP BY 1) s,
         (SELECT cluster_id, sum(exchanges) AS exchanges, sum(output_tokens) AS output FROM cluster_hour GROUP BY 1) h
       WHERE s.cluster_id = c.id AND h.cluster_id = c.id`,
      [],
    ],
  ];
}
