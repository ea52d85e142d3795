/** Ids in the audit stand as people say them, whoever wrote the entry: CL-12, P-3; other types keep their own. */
import { storableText } from '@/lib/storable-text';

const PREFIX: Record<string, string> = {
  cluster: 'CL-',
  campaign: 'CA-',
  share: 'S-',
  proposal: 'P-',
  appeal: 'AP-',
};

export function objectRef(type: string, id: string): string {
  const prefix = PREFIX[type];
  return prefix && /^\d+$/.test(id) ? prefix + id : storableText(id);
}
