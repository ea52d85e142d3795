/** A real OpenID provider for the specs (oidc-provider). Whom it signs in, and since when, the spec says; it asks nobody. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';

export const OIDC_CLIENT = { id: 'weir', secret: 'a secret of the specs alone' };

/** What it says of somebody. */
export interface Told {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
}

export class IdentityProvider {
  /** Who is signed in next; null cancels. */
  person: Told | null = null;
  /** Seconds since they signed in there. */
  ago = 0;
  private readonly people = new Map<string, Told>();
  private readonly server;

  /** @param issuer its address on the loopback @param desk the address of the desk that asks */
  constructor(
    private readonly issuer: string,
    desk: string,
  ) {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: OIDC_CLIENT.id,
          client_secret: OIDC_CLIENT.secret,
          redirect_uris: [`${desk}/api/auth/callback/oidc`],
        },
      ],
      scopes: ['openid', 'email', 'profile', 'groups'],
      claims: {
        email: ['email', 'email_verified'],
        profile: ['name'],
        groups: ['groups'],
      },
      cookies: { keys: ['of the specs alone'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_, sub) => ({
        accountId: sub,
        claims: () => ({ ...this.people.get(sub), sub }),
      }),
      loadExistingGrant: async (context) => {
        const grant = new provider.Grant({
          clientId: OIDC_CLIENT.id,
          accountId: context.oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid email profile groups');
        await grant.save();
        return grant;
      },
    });
    // Its warnings are about settings that a real deployment has to make.
    provider.on('server_error', (_, error) => console.error('identity provider:', error));
    const answer = provider.callback();
    this.server = createServer((request, response) => {
      if (request.url?.startsWith('/interaction/')) void this.signIn(provider, request, response);
      else void answer(request, response);
    });
  }

  private async signIn(provider: Provider, request: IncomingMessage, response: ServerResponse) {
    const { person } = this;
    if (person) this.people.set(person.sub, person);
    const ts = Math.floor(Date.now() / 1_000) - this.ago;
    const result = person
      ? { login: { accountId: person.sub, ts } }
      : { error: 'access_denied', error_description: 'cancelled' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  listen(): Promise<void> {
    return new Promise((resolve) =>
      this.server.listen(Number(new URL(this.issuer).port), '127.0.0.1', resolve),
    );
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
