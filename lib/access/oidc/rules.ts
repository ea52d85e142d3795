/** What an identity provider has to vouch for before anybody comes in. Pure. */
import { storableText } from '@/lib/storable-text';
import type { SignInError } from '../rules';
import type { Role } from '../schema';
import { claimsSchema, type OidcSettings, type Vouched } from './schema';

const MOST_NAME = 80;
/** Clocks of two machines differ. */
const AHEAD_MS = 60_000;

export type Verdict =
  | { vouched: Vouched }
  /** `known`: whom the token names all the same. `why`: for the audit. */
  | { refused: SignInError; why: string; email: string; subject: string };

/** Reads claims whose signature was checked. A provider's word for an e-mail counts only when it says so itself. */
export function judgeClaims(claims: unknown, settings: OidcSettings, now: number): Verdict {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return { refused: 'oidc', why: 'Claims that cannot be read', email: '', subject: '' };
  const { iss, sub: subject, email: given, email_verified: verified, auth_time: at } = parsed.data;
  const email = given?.toLowerCase() ?? '';
  const no = (refused: SignInError, why: string) => ({ refused, why, email, subject });
  if (iss !== settings.issuer) return no('oidc', 'The token is of another issuer');
  if (email === '') return no('oidc_email', 'The provider names no e-mail');
  if (verified !== true) return no('oidc_email', 'The provider does not vouch for the e-mail');
  const role = roleOf(parsed.data, settings);
  if (!role) return no('oidc_role', `The claim ${settings.roleClaim} holds no role of Weir`);
  const { name, preferred_username: user } = parsed.data;
  const provedAt = at !== undefined && at * 1_000 <= now + AHEAD_MS ? Math.min(at * 1_000, now) : 0;
  return {
    vouched: {
      issuer: iss,
      subject,
      email,
      name: storableText(name?.trim() || user?.trim() || email).slice(0, MOST_NAME),
      role,
      provedAt: new Date(provedAt),
    },
  };
}

/** The role of the first pair that the claim holds; of text the whole, of a list each part. */
function roleOf(claims: Record<string, unknown>, { roleClaim, roles }: OidcSettings): Role | null {
  const held = readClaim(claims, roleClaim);
  const values = Array.isArray(held) ? held : [held];
  return roles.find(({ value }) => values.includes(value))?.role ?? null;
}

/** Providers put claims under names with dots in them, and into objects: the whole name goes before the way. */
function readClaim(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, part)
          ? (at as Record<string, unknown>)[part]
          : undefined,
      claims,
    );
}
