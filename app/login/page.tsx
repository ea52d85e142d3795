import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import { DoorFrame } from '@/components/shell/door-frame';
import { LoginForm } from '@/components/shell/login-form';
import { sessionCookie } from '@/lib/access/auth-cookies';
import { currentPerson } from '@/lib/access/current-person';
import { readOidcSettings } from '@/lib/access/oidc/schema';
import { safeNext, signInMessage } from '@/lib/access/rules';
import { describeError } from '../describe-error';
import './login.css';

export const metadata: Metadata = { title: 'Sign in' };

type Query = { next?: string | string[]; error?: string | string[]; expired?: string | string[] };

export default async function LoginPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const next = safeNext(one(query.next));
  const session = await readSession();
  if (session === 'signed in') redirect(next);
  const error = one(query.error);
  return (
    <DoorFrame title="Sign in">
      <LoginForm
        provider={readOidcSettings(process.env)?.name ?? null}
        next={next}
        expired={session === 'expired' || query.expired !== undefined}
        problem={
          session === 'no database' ? signInMessage('unavailable') : error ? signInMessage(error) : null
        }
      />
      <p className="hint">
        No account yet? Whoever runs Weir makes one with{' '}
        <code className="mono">npm run -s weir -- users add</code>
      </p>
    </DoorFrame>
  );
}

/** A cookie without a person behind it is a session that has ended. */
async function readSession(): Promise<'signed in' | 'expired' | 'none' | 'no database'> {
  const jar = await cookies();
  const held = jar.has(sessionCookie());
  try {
    if (await currentPerson()) return 'signed in';
  } catch (error) {
    unstable_rethrow(error);
    describeError(error, 'login page');
    return 'no database';
  }
  return held ? 'expired' : 'none';
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
