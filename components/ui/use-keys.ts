'use client';

import { useEffect, useRef } from 'react';

/** What a key does; return false to let the browser have it after all. */
export type KeyBindings = Record<string, ((event: KeyboardEvent) => unknown) | undefined>;

const TYPING = 'input, textarea, select, [contenteditable="true"]';
const OVER_THE_DESK = '[role="dialog"], [role="alertdialog"], [role="menu"]';
const PRESSABLE = 'a, button, [role="button"], [role="checkbox"], summary';

/**
 * Single keys for a view ("j", "Enter", " ", "Escape", "?"), silent while somebody types, a dialog or a menu is
 * open, or a modifier is held. Enter and space stay with a focused control.
 */
export function useKeys(bindings: KeyBindings): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = latest.current[event.key];
      if (!act || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(TYPING) || document.querySelector(OVER_THE_DESK)) return;
      if ((event.key === 'Enter' || event.key === ' ') && target?.closest(PRESSABLE)) return;
      if (act(event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
