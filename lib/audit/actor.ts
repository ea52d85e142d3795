/** How an actor stands in the audit: a reference that never changes and the name as it was at the time. */
import type { Actor } from '@/lib/access/schema';

const PARTS = { worker: 'Worker', detection: 'Detection', start: 'Start-up', sign_in: 'Sign-in' } as const;

/** "user:7", "key:3", "cli:root", "system:worker". */
export function actorRef(actor: Actor): string {
  if (actor.kind === 'user' || actor.kind === 'key') return `${actor.kind}:${actor.id}`;
  return `${actor.kind}:${actor.name}`;
}

/** What people read: "Demo analyst", "root (command line)", "Worker". */
export function actorName(actor: Actor): string {
  if (actor.kind === 'system') return PARTS[actor.name];
  return actor.kind === 'cli' && actor.name !== '' ? `${actor.name} (command line)` : actor.name;
}
