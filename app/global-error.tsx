'use client';

import { Failure } from '@/components/shell/failure';
import { Reload } from '@/components/shell/reload';
import '@/components/ui/tokens.css';
import '@/components/ui/desk.css';
import '@/components/shell/shell.css';

/** When even the root layout failed; it replaces the whole document. */
export default function GlobalError({ error }: { error: unknown }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <title>Weir</title>
        {/* Without async: it has to run before the first paint. */}
        <script src="/theme.js" />
      </head>
      <body>
        <main className="standalone">
          <Failure title="Weir could not start this page" errorId={digest} actions={<Reload />}>
            <p>Nothing was changed. Try again; if it stays so, tell whoever runs Weir the id below.</p>
          </Failure>
        </main>
      </body>
    </html>
  );
}
