'use client';

import { useLayoutEffect } from 'react';
import { chosenTheme } from './theme';

/** Where React draws the whole document in the browser, as for a page that is not there, theme.js has not run: the
 * system's theme is followed from here, before anything is painted. */
export function KeepTheme() {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (dataset.theme !== undefined) return;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => {
      const theme = chosenTheme();
      dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    follow();
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
  return null;
}
