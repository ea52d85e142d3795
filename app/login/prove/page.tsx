import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { DoorFrame } from '@/components/shell/door-frame';
import { ProveAtProvider } from '@/components/shell/prove-at-provider';
import { currentPerson } from '@/lib/access/current-person';
import { provenWithin } from '@/lib/access/require-fresh';
import { FRESH_MINUTES } from '@/lib/access/rules';
import '../login.css';

export const metadata: Metadata = { title: 'Sign in once more' };

/** For people whom an identity provider vouches for: proves once more who they are, in a tab of its own. */
export default async function ProvePage({ searchParams }: { searchParams: Promise<{ back?: string }> }) {
  const person = await currentPerson();
  if (!person) redirect('/login');
  if (!person.atProvider) redirect('/');
  const { back } = await searchParams;
  const proved = provenWithin(person, FRESH_MINUTES) !== null;
  return (
    <DoorFrame title="Sign in once more">
      <ProveAtProvider state={back === undefined ? 'begin' : proved ? 'proved' : 'unproved'} />
    </DoorFrame>
  );
}
