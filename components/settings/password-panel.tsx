'use client';

import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/errors';
import { PasswordForm } from './password-form';

/** Another password for oneself. */
export function PasswordPanel({
  change,
}: {
  change: (input: { password: string }) => Promise<ActionResult<unknown>>;
}) {
  return (
    <section className="panel" id="password" aria-labelledby="password-title">
      <header>
        <h2 id="password-title">Password</h2>
        <span className="small mute">changing it ends your sessions elsewhere</span>
      </header>
      <div className="s-change s-first">
        <PasswordForm
          change={change}
          label="Change the password"
          onChanged={() => toast.success('Your password is changed')}
        />
      </div>
    </section>
  );
}
