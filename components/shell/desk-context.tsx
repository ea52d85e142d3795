'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { may, type Right } from '@/lib/access/rules';
import type { Person } from '@/lib/access/schema';

interface Desk {
  /** Who is signed in. */
  person: Person;
  /** True while the records on the desk come from the simulation. */
  simulated: boolean;
  /** What the reader's role allows; the verbs check again. */
  may: (right: Right) => boolean;
}

const DeskContext = createContext<Desk | null>(null);

export function DeskProvider({
  person,
  simulated,
  children,
}: {
  person: Person;
  simulated: boolean;
  children: ReactNode;
}) {
  const desk = useMemo(
    () => ({ person, simulated, may: (right: Right) => may(person, right) }),
    [person, simulated],
  );
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The signed-in desk. @throws outside the (desk) layout. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk() is for components inside the desk layout');
  return desk;
}
