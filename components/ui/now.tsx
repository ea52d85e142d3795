'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

const ServerNow = createContext(0);

/** Holds the server's clock for the first picture, so that browser and server write the same ages. */
export function NowProvider({ now, children }: { now: number; children: ReactNode }) {
  return <ServerNow value={now}>{children}</ServerNow>;
}

const STEP = 5_000;
let current = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    current = Date.now();
    for (const each of listeners) each();
  }, STEP);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    current = 0;
  };
}

function read(): number {
  current ||= Date.now();
  return current;
}

/** Epoch milliseconds, renewed every five seconds; the server's own while hydrating. */
export function useNow(): number {
  const server = useContext(ServerNow);
  return useSyncExternalStore(subscribe, read, () => server);
}
