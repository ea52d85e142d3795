/** next-auth with e-mail and password, and with an identity provider where one is set: an encrypted cookie names a session, whose worth the database knows. */
import { cookies, headers } from 'next/headers';
import { getServerSession, type NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { log } from '@/lib/log';
import { authCookie, authCookies, cookieOptions, isSecure } from './auth-cookies';
import { endSession } from './end-session';
import { findPerson } from './find-person';
import { DEVICE_DAYS, deviceName, makeDevice, readDevice } from './known-device';
import { OIDC, oidcProvider } from './oidc/oidc-provider';
import { readOidcSettings } from './oidc/schema';
import { signInWithProvider } from './oidc/sign-in-with-provider';
import { readClient } from './read-client';
import { SESSION_SECONDS } from './rules';
import { SignInRefused, signIn } from './sign-in';

declare module 'next-auth' {
  interface User {
    sessionId: string;
  }
  interface Session {
    /** What it is worth is asked of the database, with every request. */
    sessionId?: string;
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionId?: string;
  }
}

const secret = () => process.env.NEXTAUTH_SECRET ?? '';

const oidc = readOidcSettings(process.env);

export const authOptions: NextAuthOptions = {
  providers: [
    ...(oidc ? [oidcProvider(oidc)] : []),
    CredentialsProvider({
      name: 'E-mail',
      credentials: { email: { type: 'email' }, password: { type: 'password' }, code: { type: 'text' } },
      /** next-auth puts the message of what is thrown into an address, so it is one of our codes and nothing else. */
      async authorize(credentials, request) {
        try {
          const email = String(credentials?.email ?? '')
            .trim()
            .toLowerCase();
          const jar = await cookies();
          const device = readDevice(email, jar.get(authCookie(deviceName(email)))?.value, secret());
          const user = await signIn(credentials, readClient(new Headers(request?.headers)), device);
          if (!device) {
            jar.set(authCookie(deviceName(email)), makeDevice(email, secret()), {
              ...cookieOptions(isSecure()),
              maxAge: DEVICE_DAYS * 86_400,
            });
          }
          return { id: String(user.id), sessionId: user.sessionId };
        } catch (error) {
          if (error instanceof SignInRefused) throw new Error(error.reason);
          log.error({ err: error }, 'sign-in failed');
          throw new Error('unavailable');
        }
      },
    }),
  ],
  pages: { signIn: '/login', error: '/login' },
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  cookies: authCookies(isSecure()),
  useSecureCookies: isSecure(),
  callbacks: {
    /** The door for whom an identity provider sends; passwords were checked by authorize(). */
    async signIn({ user, account, profile }) {
      if (account?.provider !== OIDC || !oidc) return true;
      try {
        const client = readClient(await headers());
        const session = await getServerSession(authOptions);
        const here = session ? await findPerson(session.sessionId, client) : null;
        user.sessionId = await signInWithProvider(profile, oidc, client, here);
        return true;
      } catch (error) {
        if (!(error instanceof SignInRefused)) log.error({ err: error }, 'sign-in failed');
        return `/login?error=${error instanceof SignInRefused ? error.reason : 'unavailable'}`;
      }
    },
    jwt({ token, user }) {
      if (!user) return token;
      return { sessionId: user.sessionId };
    },
    session({ session, token }) {
      return { expires: session.expires, sessionId: token.sessionId };
    },
  },
  events: {
    /** However somebody signs out: the session is over before its cookie is taken away. */
    async signOut({ token }) {
      const person = await findPerson(token?.sessionId, readClient(await headers()));
      if (person?.sessionId) await endSession(person, { sessionId: person.sessionId });
    },
  },
  // Its own logger writes whole errors and its warnings, and /api/auth/_log hands it what strangers send: only real
  // errors are kept, by their code. A cookie of an older secret is an expired session and nothing more.
  logger: {
    error(code, metadata) {
      const error = metadata instanceof Error ? metadata : metadata.error;
      if (error instanceof Error && code !== 'JWT_SESSION_ERROR')
        log.error({ code, err: error }, 'next-auth');
    },
    warn() {},
    debug() {},
  },
};
