'use client';

import { Printer } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import './print.css';

/** Milliseconds in which the drawings follow the theme. */
const REDRAW = 400;

/** The page as a dossier on paper or as PDF: always light, whatever the screen is, and the screen as it was afterwards. */
export function PrintDossier() {
  useEffect(() => {
    let screen: string | undefined;
    const toLight = () => {
      screen = document.documentElement.dataset.theme;
      document.documentElement.dataset.theme = 'light';
    };
    const back = () => {
      if (screen !== undefined) document.documentElement.dataset.theme = screen;
    };
    window.addEventListener('beforeprint', toLight);
    window.addEventListener('afterprint', back);
    return () => {
      window.removeEventListener('beforeprint', toLight);
      window.removeEventListener('afterprint', back);
    };
  }, []);
  const print = () => {
    const before = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = 'light';
    // The network is redrawn in its light colours first.
    setTimeout(() => {
      window.print();
      document.documentElement.dataset.theme = before;
    }, REDRAW);
  };
  return (
    <Button icon aria-label="Print the dossier" title="Print, or save as PDF" onClick={print}>
      <Printer className="i" aria-hidden="true" />
    </Button>
  );
}
