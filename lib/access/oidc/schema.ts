/** Sign-in at an identity provider: what the deployment says of it, and what it says of people. */
import { z } from 'zod';
import { ROLES, type Role } from '../schema';

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button calls it. */
  name: string;
  scope: string;
  /** The claim that roles are read from: its name, or the way to it with dots between. */
  roleClaim: string;
  /** What the claim may hold, and the role that it stands for; the first that a person has counts. */
  roles: readonly { value: string; role: Role }[];
}

/** Only what Weir goes by; everything else in a token stays unread. */
export const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.email().max(254).optional(),
  email_verified: z.unknown(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  /** Epoch seconds of the sign-in at the provider. */
  auth_time: z.number().int().positive().optional(),
});

/** What a provider vouches for. */
export interface Vouched {
  issuer: string;
  subject: string;
  email: string;
  name: string;
  role: Role;
  /** When the person proved who they are; the year 1970 when the provider does not say. */
  provedAt: Date;
}

const ISSUER_HTTP = new Set(['127.0.0.1', '[::1]', 'localhost']);

export const issuerProblem = (value: string): string | null => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || url.search || url.hash || url.username) return 'is to be the address of an issuer';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && ISSUER_HTTP.has(url.hostname))) return null;
  return 'is to be an https address; http is for this machine alone';
};

const pairs = (text: string) =>
  text.split(',').map((pair) => {
    const at = pair.lastIndexOf('=');
    return { value: pair.slice(0, at).trim(), role: pair.slice(at + 1).trim() as Role };
  });

export const rolesProblem = (text: string): string | null =>
  pairs(text).every(({ value, role }) => value !== '' && ROLES.includes(role))
    ? null
    : `is to be pairs such as weir-admins=admin,weir-team=analyst, with the roles ${ROLES.join(', ')}`;

/** What the environment says; null unless an issuer is named. Settings that are wrong were refused at start. */
export function readOidcSettings(env: Record<string, string | undefined>): OidcSettings | null {
  const issuer = env.WEIR_OIDC_ISSUER;
  if (!issuer) return null;
  return {
    issuer,
    clientId: env.WEIR_OIDC_CLIENT_ID ?? '',
    clientSecret: env.WEIR_OIDC_CLIENT_SECRET ?? '',
    name: env.WEIR_OIDC_NAME || 'single sign-on',
    scope: env.WEIR_OIDC_SCOPE || 'openid email profile',
    roleClaim: env.WEIR_OIDC_ROLE_CLAIM || 'roles',
    roles: pairs(env.WEIR_OIDC_ROLES ?? '').filter(({ role }) => ROLES.includes(role)),
  };
}
