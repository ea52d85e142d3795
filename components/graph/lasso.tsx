'use client';

import { type PointerEvent, type ReactNode, useRef, useState } from 'react';
import type { Point } from './inside-lasso';

/** Pixels: a shorter stroke is a click. */
const STROKE = 6;

/**
 * Catches a loop drawn over the graph, with Shift held or while `on`; a shift-click on one place is a loop of one
 * point. The canvas below hears nothing of either.
 */
export function Lasso({
  on,
  onLoop,
  children,
}: {
  on: boolean;
  /** Pixels from the top left corner; a single point for a click. */
  onLoop: (loop: Point[]) => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [loop, setLoop] = useState<Point[] | null>(null);
  const at = (event: PointerEvent): Point => {
    const bounds = box.current?.getBoundingClientRect();
    return { x: event.clientX - (bounds?.left ?? 0), y: event.clientY - (bounds?.top ?? 0) };
  };
  const starts = (event: { shiftKey: boolean; button: number }) =>
    event.button === 0 && (on || event.shiftKey);
  const end = () => {
    if (!loop) return;
    const [first] = loop;
    const far = first && loop.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) > STROKE);
    if (first) onLoop(far ? loop : [first]);
    setLoop(null);
  };
  return (
    <div
      ref={box}
      className="net-lasso"
      data-on={on || undefined}
      onPointerDownCapture={(event) => {
        if (!starts(event) || (event.target instanceof Element && event.target.closest('button'))) return;
        event.stopPropagation();
        box.current?.setPointerCapture(event.pointerId);
        setLoop([at(event)]);
      }}
      onMouseDownCapture={(event) => {
        if (starts(event) && !(event.target instanceof Element && event.target.closest('button')))
          event.stopPropagation();
      }}
      onPointerMove={(event) => loop && setLoop([...loop, at(event)])}
      onPointerUp={end}
      onPointerCancel={() => setLoop(null)}
    >
      {children}
      {loop && (
        <svg className="net-loop" aria-hidden="true">
          <path d={`M${loop.map(({ x, y }) => `${x} ${y}`).join('L')}z`} />
        </svg>
      )}
    </div>
  );
}
