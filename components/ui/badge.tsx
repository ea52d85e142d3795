import type { ReactNode } from 'react';

/** An outcome: icon and word on a soft ground. States inside tables have no ground; they are StateMarks. */
export function Badge({
  tone,
  icon,
  children,
}: {
  tone?: 'ok' | 'warn' | 'bad' | 'live';
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={tone ? `badge ${tone}` : 'badge'}>
      {icon}
      {children}
    </span>
  );
}
