/** The kill switch as screens and verbs see it. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import type { PersonRef } from '@/lib/clusters/schema';

export const killSwitchSchema = z.object({
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
});
export type KillSwitchInput = z.infer<typeof killSwitchSchema>;

interface Said {
  by: PersonRef;
  at: string;
  reason: string;
}

export interface KillSwitchState {
  /** Who turned it on, while it is on. */
  on: Said | null;
  /** The first of the two who release it, once there is one. */
  asked: Said | null;
  /** Proposals that are under way, or that the switch has paused. */
  underWay: number[];
}
