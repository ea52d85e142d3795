'use client';

import { useLayoutEffect } from 'react';

/** When React draws the document anew, as for a page that is not there, what theme.js has set is gone: it is set again
 * before anything is painted. */
export function KeepTheme() {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.theme ??= matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  });
  return null;
}
