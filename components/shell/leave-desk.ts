import { signOut } from 'next-auth/react';

/** Takes the cookie of a session that is over, and leads to the door by a full load, so that nothing stays in memory. */
export async function leaveDesk(): Promise<void> {
  await signOut({ callbackUrl: '/login' });
}
