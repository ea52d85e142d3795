import { OctagonX } from 'lucide-react';
import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { showInvisible } from '@/components/ui/format';
import type { DeskStatus } from '@/lib/clusters/overview-schema';

/** On every screen while all enforcement is stopped. */
export function KillBanner({ on }: { on: NonNullable<DeskStatus['killSwitch']> }) {
  return (
    <div className="kill-banner" role="alert">
      <OctagonX className="i" aria-hidden="true" />
      <b>Kill switch is on</b>
      <span className="clip" title={showInvisible(on.reason)}>
        Nothing is sent to the provider. {showInvisible(on.by)}, <Ago at={on.at} ago />:{' '}
        {showInvisible(on.reason)}
      </span>
      <span className="push" />
      <Link href="/approvals">
        {on.askedBy === null ? 'Two people release it' : 'One more person releases it'}
      </Link>
    </div>
  );
}
