/** Who acts, and as what. */
import { z } from 'zod';

export const ROLES = ['viewer', 'analyst', 'approver', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** A signed-in person. */
export interface Person {
  kind: 'user';
  id: number;
  name: string;
  email: string;
  role: Role;
}

/** Whoever acts: a person, the command line (`cli:USER`), a machine's key, or a part of Weir itself. */
export type Actor =
  | Person
  | { kind: 'cli'; name: string }
  | { kind: 'key'; id: number; name: string }
  | { kind: 'system'; name: 'worker' | 'detection' | 'start' | 'sign_in' };

const emailSchema = z.string().trim().toLowerCase().pipe(z.email());

export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1).max(1024) });

export const newUserSchema = z.object({
  email: emailSchema,
  name: z.string().trim().min(1).max(80),
  role: z.enum(ROLES),
});
export type NewUser = z.infer<typeof newUserSchema>;

/** A user as lists show it. */
export interface UserRow {
  id: number;
  email: string;
  name: string;
  role: Role;
  createdAt: string;
  lastSignInAt: string | null;
  disabledAt: string | null;
}

/** A key as lists show it; the key itself is shown once, when it is made. */
export interface ApiKeyRow {
  id: number;
  name: string;
  prefix: string;
  createdAt: string;
  createdBy: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}
