/** next-auth with e-mail and password: signed, encrypted cookies that name a user and the version of its sessions. */
import { randomUUID } from 'node:crypto';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { SESSION_SECONDS } from './rules';
import { SignInRefused, signIn } from './sign-in';

declare module 'next-auth' {
  interface User {
    sessionVersion: number;
  }
  interface Session {
    /** The user's id and the version of its sessions at sign-in; the database says what they are worth now. */
    userId?: number;
    sessionVersion?: number;
    /** Epoch seconds. */
    signedInAt?: number;
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    sessionVersion?: number;
    signedInAt?: number;
  }
}

export const authOptions: NextAuthOptions = {
  providers: [
    CredentialsProvider({
      name: 'E-mail',
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      /** next-auth puts the message of what is thrown into an address, so it is one of our codes and nothing else. */
      async authorize(credentials) {
        try {
          const user = await signIn(credentials);
          return { id: String(user.id), name: user.name, sessionVersion: user.sessionVersion };
        } catch (error) {
          if (error instanceof SignInRefused) throw new Error(error.reason);
          console.error(`sign-in failed (${randomUUID()}):`, error);
          throw new Error('unavailable');
        }
      },
    }),
  ],
  pages: { signIn: '/login', error: '/login' },
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  callbacks: {
    jwt({ token, user }) {
      if (!user) return token;
      return { sub: user.id, sessionVersion: user.sessionVersion, signedInAt: Math.floor(Date.now() / 1000) };
    },
    session({ session, token }) {
      return {
        expires: session.expires,
        userId: Number(token.sub),
        sessionVersion: token.sessionVersion,
        signedInAt: token.signedInAt,
      };
    },
  },
  // Its own logger writes whole errors and its warnings, and /api/auth/_log hands it what strangers send: only real
  // errors are kept, by their code. A cookie of an older secret is an expired session and nothing more.
  logger: {
    error(code, metadata) {
      const error = metadata instanceof Error ? metadata : metadata.error;
      if (error instanceof Error && code !== 'JWT_SESSION_ERROR')
        console.error(`next-auth ${code}: ${error.message}`);
    },
    warn() {},
    debug() {},
  },
};
