/** Takes the cookie of a session that is over, and leads to the door by a full load, so that nothing stays in memory. */
export async function leaveDesk(): Promise<void> {
  const { signOut } = await import('next-auth/react');
  await signOut({ callbackUrl: '/login' });
}
