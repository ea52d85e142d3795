'use client';

import { type ComponentType, type ReactNode, type RefCallback, useSyncExternalStore } from 'react';

/** Whoever does one of these is about to ask for something: keys come before what they open. */
const TOUCHES = ['pointermove', 'pointerdown', 'keydown'] as const;

/** What has not come yet. A load that failed stays here and is tried again at the next touch. */
const waiting = new Set<() => void>();

/** After the frame that answers the touch: what is only fetched must not hold that up. */
function onTouch(): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      for (const load of waiting) load();
    }),
  );
}

function awaitTouch(load: () => void): void {
  if (typeof document === 'undefined') return;
  if (waiting.size === 0)
    for (const touch of TOUCHES) document.addEventListener(touch, onTouch, { capture: true, passive: true });
  waiting.add(load);
}

function hasCome(load: () => void): void {
  waiting.delete(load);
  if (waiting.size > 0) return;
  for (const touch of TOUCHES) document.removeEventListener(touch, onTouch, { capture: true });
}

/**
 * A part of a page that is not seen at first: its code comes with the reader's first key or move, so that the page
 * itself is light and what a key opens is there at once. Until then it shows nothing.
 * @param place what stands in its place meanwhile, of the same size; once what it gives the ref to is in view, the
 * code comes as well
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  place?: (watch: RefCallback<HTMLElement>) => ReactNode,
): ComponentType<Props> {
  let Part: ComponentType<Props> | null = null;
  let coming = false;
  const heard = new Set<() => void>();
  const fetchPart = () => {
    if (coming) return;
    coming = true;
    load().then(
      (loaded) => {
        Part = loaded;
        hasCome(fetchPart);
        for (const each of heard) each();
      },
      () => {
        coming = false;
      },
    );
  };
  awaitTouch(fetchPart);
  const subscribe = (hear: () => void) => {
    heard.add(hear);
    return () => heard.delete(hear);
  };
  const watch: RefCallback<HTMLElement> = (element) => {
    if (!element) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) fetchPart();
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
  return function Later(props: Props) {
    const Loaded = useSyncExternalStore(
      subscribe,
      () => Part,
      () => null,
    );
    if (Loaded) return <Loaded {...props} />;
    return place?.(watch) ?? null;
  };
}
