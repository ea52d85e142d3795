'use client';

import { type RefCallback, useCallback, useEffectEvent } from 'react';

/**
 * Zooms by pinch, or the wheel with Ctrl held, about the place under the pointer; a plain wheel scrolls the page.
 * @param left pixels before the plot begins @param zoom is given a factor on the range and the place, 0 to 1 across
 */
export function usePinch<T extends HTMLElement>(
  left: number,
  zoom: (factor: number, about: number) => void,
): RefCallback<T> {
  const turn = useEffectEvent((event: WheelEvent, element: T) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const bounds = element.getBoundingClientRect();
    const across = (event.clientX - bounds.left - left) / Math.max(bounds.width - left, 1);
    zoom(Math.exp(event.deltaY / 200), Math.min(Math.max(across, 0), 1));
  });
  return useCallback((element: T | null) => {
    if (!element) return;
    const listen = (event: WheelEvent) => turn(event, element);
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, []);
}
