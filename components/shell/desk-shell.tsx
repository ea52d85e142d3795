'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { offerProof } from '@/components/ui/ask-proof';
import { later } from '@/components/ui/later';
import { NowProvider } from '@/components/ui/now';
import { useKeys } from '@/components/ui/use-keys';
import type { Person } from '@/lib/access/schema';
import type { DeskStatus } from '@/lib/clusters/overview-schema';
import { DeskProvider } from './desk-context';
import { KillBanner } from './kill-banner';
import { Nav } from './nav';
import { ReadError } from './read-json';
import { useDeskStatus } from './use-desk-status';

const Palette = later(
  () => import('./palette').then((loaded) => loaded.Palette),
  // Letters typed meanwhile are not for the page below.
  (watch) => <div className="vh" role="dialog" aria-label="Search" aria-busy="true" ref={watch} />,
);
const Help = later(() => import('./help').then((loaded) => loaded.Help));
const ProveDialog = later(() => import('./prove-dialog').then((loaded) => loaded.ProveDialog));
const Toasts = later(() => import('./toasts').then((loaded) => loaded.Toasts));

interface ShellProps {
  person: Person;
  status: DeskStatus;
  /** The server's clock when it read the status, epoch ms. */
  now: number;
  children: ReactNode;
}

/** Everything around a page: nav, palette, keys, messages, and what client views need. */
export function DeskShell(props: ShellProps) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <NowProvider now={props.now}>
        <Tooltip.Provider delayDuration={400}>
          <Desk {...props} />
        </Tooltip.Provider>
      </NowProvider>
    </QueryClientProvider>
  );
}

function Desk({ person, status: initial, now, children }: ShellProps) {
  const { status, problem } = useDeskStatus(initial, now);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  useKeys({ '?': () => setHelp(true) });
  usePaletteKey(() => setPalette((open) => !open));
  const [proof, setProof] = useState<{ answer: (proved: boolean) => void } | null>(null);
  useEffect(() => offerProof(() => new Promise((answer) => setProof({ answer }))), []);
  return (
    <DeskProvider person={person} simulated={status.simulated}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <div className="desk">
        <Nav status={status} problem={problem} onSearch={() => setPalette(true)} />
        <main className="main" id="main" tabIndex={-1}>
          {status.killSwitch && <KillBanner on={status.killSwitch} />}
          {children}
        </main>
      </div>
      {palette && <Palette onClose={() => setPalette(false)} onKeys={() => setHelp(true)} />}
      {help && <Help onClose={() => setHelp(false)} />}
      {proof && (
        <ProveDialog
          onAnswer={(proved) => {
            setProof(null);
            proof.answer(proved);
          }}
        />
      )}
      <Toasts />
    </DeskProvider>
  );
}

/** ⌘K or Ctrl K, also while somebody types. */
function usePaletteKey(toggle: () => void): void {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey) return;
      if (!event.metaKey && !event.ctrlKey) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Refusals are not asked again; what may be a hiccup is, twice. */
function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: true,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ReadError && error.status >= 400 && error.status < 500),
      },
    },
  });
}
