/** A message at the desk's lower edge. What shows it comes later than the page, and is told what was said meanwhile. */
import type { ExternalToast } from 'sonner';

export type Tell = (kind: 'success' | 'error', text: string, options?: ExternalToast) => void;

let tell: Tell | null = null;
let untold: Parameters<Tell>[] = [];

function say(...message: Parameters<Tell>): void {
  if (tell) tell(...message);
  else untold.push(message);
}

export const toast = {
  success: (text: string, options?: ExternalToast) => say('success', text, options),
  error: (text: string, options?: ExternalToast) => say('error', text, options),
};

/** The shell's toaster offers itself. @returns its withdrawal */
export function offerToasts(toaster: Tell): () => void {
  tell = toaster;
  for (const message of untold) toaster(...message);
  untold = [];
  return () => {
    if (tell === toaster) tell = null;
  };
}
