'use client';

import { useEffect } from 'react';
import { Toaster, toast } from 'sonner';
import { offerToasts } from '@/components/ui/toast';

/** Where messages are shown. */
export function Toasts() {
  useEffect(() => offerToasts((kind, text, options) => toast[kind](text, options)), []);
  return (
    <Toaster
      className="toaster"
      position="bottom-right"
      // Above the footers of lists and previews.
      offset={{ bottom: 56, right: 16 }}
      toastOptions={{ unstyled: true, classNames: { toast: 'toast' } }}
    />
  );
}
