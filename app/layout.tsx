import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { KeepTheme } from '@/components/shell/keep-theme';
import { parseTheme, THEME_COOKIE } from '@/components/shell/theme';
import '@/components/ui/tokens.css';
import '@/components/ui/desk.css';
import '@/components/ui/overlays.css';
import '@/components/ui/filters.css';
import '@/components/shell/shell.css';

export const metadata: Metadata = {
  title: { template: '%s · Weir', default: 'Weir' },
  description: 'Finds, judges and stops distillation attacks on a model API.',
  robots: { index: false, follow: false },
  icons: { icon: '/mark.svg' },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  // The page's policy names it; without proxy.ts there is no policy and no nonce.
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1];
  return (
    // The theme script may set data-theme before React takes over.
    <html lang="en" data-theme={theme === 'system' ? undefined : theme} suppressHydrationWarning>
      <head>
        <link
          rel="preload"
          href="/fonts/Geist-Variable.woff2"
          as="font"
          type="font/woff2"
          crossOrigin="anonymous"
        />
        {/* Without async: it has to run before the first paint. */}
        <script src="/theme.js" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        {children}
        <KeepTheme />
      </body>
    </html>
  );
}
