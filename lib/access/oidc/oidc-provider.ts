/** The identity provider as next-auth takes it: authorization code with state, nonce and PKCE. */
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { guardedAgent } from '@/lib/outgoing/guarded-agent';
import { SESSION_SECONDS } from '../rules';
import type { OidcSettings } from './schema';

export const OIDC = 'oidc';
const TIMEOUT_MS = 10_000;

export function oidcProvider(settings: OidcSettings): OAuthConfig<Record<string, unknown>> {
  const issuer = new URL(settings.issuer);
  const agent = guardedAgent(
    issuer.protocol === 'https:' ? 'https:' : 'http:',
    issuer.hostname.replace(/^\[|\]$/g, ''),
  );
  return {
    id: OIDC,
    name: settings.name,
    type: 'oauth',
    wellKnown: `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    idToken: true,
    checks: ['state', 'nonce', 'pkce'],
    // With max_age a provider has to say when the person signed in there.
    authorization: { params: { scope: settings.scope, max_age: SESSION_SECONDS } },
    // Many put the e-mail there alone. The token is signed and goes before it; both must be of one subject.
    userinfo: {
      request: async ({ client, tokens }) => {
        // next-auth hands over openid-client's own set and types it as less.
        const claims = (tokens as unknown as { claims: () => { sub: string } }).claims();
        if (!client.issuer.metadata.userinfo_endpoint || !tokens.access_token) return claims;
        const told = await client.userinfo(tokens.access_token);
        if (told.sub !== claims.sub) throw new Error('the userinfo is of another subject than the token');
        return { ...told, ...claims };
      },
    },
    httpOptions: { agent, timeout: TIMEOUT_MS },
    // Whom these claims stand for is decided at the door (sign-in-with-provider.ts).
    profile: (claims) => ({ id: String(claims.sub ?? ''), sessionId: '' }),
  };
}
