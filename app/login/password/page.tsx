import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { DoorFrame } from '@/components/shell/door-frame';
import { NewPassword } from '@/components/shell/new-password';
import { findNewcomer } from '@/lib/access/current-person';
import { choosePasswordAction } from './actions';
import '../login.css';

export const metadata: Metadata = { title: 'Choose your password' };

export default async function NewPasswordPage() {
  const person = await findNewcomer();
  if (!person) redirect('/');
  return (
    <DoorFrame title="Choose your password">
      <p className="hint">
        The one you signed in with was made for this once. The desk opens when you have one of your own.
      </p>
      <NewPassword choose={choosePasswordAction} />
    </DoorFrame>
  );
}
