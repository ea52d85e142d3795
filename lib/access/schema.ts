/** Who acts, and as what. */
import { z } from 'zod';
import { storableId } from '@/lib/storable-id';

export const ROLES = ['viewer', 'analyst', 'approver', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** A signed-in person. */
export interface Person {
  kind: 'user';
  id: number;
  name: string;
  email: string;
  role: Role;
  /** The session that brought them; absent where there is none, as in tests of verbs. */
  sessionId?: string;
  /** Epoch seconds at which they last proved who they are. Absent: unknown, so not lately. */
  provedAt?: number;
  /** True when a proof takes a code beside the password. */
  hasCode?: boolean;
  /** True until they have replaced a one-time password; nothing else is open to them. */
  hasOneTimePassword?: boolean;
  /** True when an identity provider vouches for them: they have no password here. */
  atProvider?: boolean;
}

/** Whoever acts: a person, the command line (`cli:USER`), a machine's key, or a part of Weir itself. */
export type Actor =
  | Person
  | { kind: 'cli'; name: string }
  | { kind: 'key'; id: number; name: string; door?: KeyScope }
  | { kind: 'system'; name: 'worker' | 'detection' | 'start' | 'sign_in' };

export type KeyActor = Extract<Actor, { kind: 'key' }>;

/** No longer than mail itself allows: refused ones are written down for good. */
const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254));

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(1024),
  code: z.string().max(40).optional(),
});

export const newUserSchema = z.object({
  email: emailSchema,
  name: z.string().trim().min(1).max(80),
  role: z.enum(ROLES),
});
export type NewUser = z.infer<typeof newUserSchema>;

export const disableSchema = z.object({
  userId: storableId('There is no such user. Reload the page.'),
  disabled: z.boolean(),
});
export const userSchema = z.object({ userId: storableId('There is no such user. Reload the page.') });
export const roleSchema = z.object({
  userId: storableId('There is no such user. Reload the page.'),
  role: z.enum(ROLES),
});
export const sessionSchema = z.object({ sessionId: z.uuid('There is no such session. Reload the page.') });
export const proofSchema = z.object({
  password: z.string().min(1, 'Enter your password.').max(1024),
  code: z.string().max(40).optional(),
});
export const passwordSchema = z.object({ password: z.string().max(1024) });
export const codeSchema = z.object({ code: z.string().max(40) });

/** Somebody's second factor. */
export interface CodeState {
  /** ISO 8601; null while there is none. */
  since: string | null;
  recoveryCodes: number;
}

/** Where a request comes from, as far as that can be told. */
export interface Client {
  /** An IP address, or "unknown". */
  address: string;
  /** What the browser calls itself: hostile text. */
  agent: string;
}

/** A signed-in browser as its owner sees it. Times are ISO 8601 in UTC. */
export interface SessionRow {
  id: string;
  startedAt: string;
  seenAt: string;
  expiresAt: string;
  address: string;
  agent: string;
  /** The one that asks. */
  current: boolean;
}

export const revokeSchema = z.object({ keyId: storableId('There is no such key. Reload the page.') });

/** A user as lists show it. */
export interface UserRow {
  id: number;
  email: string;
  name: string;
  role: Role;
  createdAt: string;
  lastSignInAt: string | null;
  disabledAt: string | null;
  /** Signs in at the identity provider, which also gives the role. */
  atProvider: boolean;
}

/** The doors that a key may open: sending records, TAXII, where each collection names its keys, /metrics, and clusters
 * for other programs to read. */
const KEY_SCOPES = ['records', 'taxii', 'metrics', 'clusters'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export const newKeySchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the key a name, such as "Log shipper".')
    .max(80, 'Give the key a name of at most 80 characters.'),
  scopes: z
    .array(z.enum(KEY_SCOPES))
    .min(1, 'Choose at least one door that the key opens.')
    .default(['records']),
  /** Days from now. */
  days: z.number().int().min(1).max(3_650).optional(),
  perMinute: z.number().int().min(1).max(1_000_000).optional(),
});
export type NewKey = z.input<typeof newKeySchema>;

export const rotateSchema = z.object({
  keyId: storableId('There is no such key. Reload the page.'),
  keepHours: z
    .number()
    .int()
    .min(0)
    .max(24 * 30),
});

/** A key as lists show it; the key itself is shown once, when it is made. */
export interface ApiKeyRow {
  id: number;
  name: string;
  prefix: string;
  createdAt: string;
  createdBy: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  scopes: KeyScope[];
  expiresAt: string | null;
  /** Null: as every key. */
  perMinute: number | null;
  /** True once a newer one has taken its place. */
  replaced: boolean;
}

/** What everybody at the desk may know of a key that is not revoked. */
export type KeyInUse = Pick<ApiKeyRow, 'id' | 'name' | 'prefix' | 'createdAt' | 'lastUsedAt'>;
