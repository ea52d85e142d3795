'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Toaster } from 'sonner';
import { NowProvider } from '@/components/ui/now';
import { useKeys } from '@/components/ui/use-keys';
import type { Person } from '@/lib/access/schema';
import type { DeskStatus } from '@/lib/clusters/overview-schema';
import { DeskProvider } from './desk-context';
import { Help } from './help';
import { KillBanner } from './kill-banner';
import { Nav } from './nav';
import { Palette } from './palette';
import { ProveDialog } from './prove-dialog';
import { ReadError } from './read-json';
import { useDeskStatus } from './use-desk-status';

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
      <Palette open={palette} onOpenChange={setPalette} onKeys={() => setHelp(true)} />
      <Help open={help} onOpenChange={setHelp} />
      <ProveDialog />
      <Toaster
        className="toaster"
        position="bottom-right"
        // Above the footers of lists and previews.
        offset={{ bottom: 56, right: 16 }}
        toastOptions={{ unstyled: true, classNames: { toast: 'toast' } }}
      />
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
