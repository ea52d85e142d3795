import type { ReactNode } from 'react';
import { Mark } from './mark';

/** A page outside the desk: whoever is on it signs in or proves who they are. */
export function DoorFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="login">
      <section>
        <div className="login-mark">
          <Mark />
          <span>Weir</span>
        </div>
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}
