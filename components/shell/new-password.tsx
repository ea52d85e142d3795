'use client';

import { PasswordForm } from '@/components/settings/password-form';
import type { ActionResult } from '@/lib/errors';

/** The form at the door, which leads into the desk by a full load. */
export function NewPassword({
  choose,
}: {
  choose: (input: { password: string }) => Promise<ActionResult<unknown>>;
}) {
  return <PasswordForm change={choose} label="Save and go on" onChanged={() => location.assign('/')} />;
}
