import { Activity, Bot, Cog, KeyRound, LogIn, type LucideIcon, Power, Terminal } from 'lucide-react';
import { Avatar } from '@/components/ui/avatar';
import { RawText } from '@/components/ui/raw-text';
import './actor-mark.css';

const PARTS: Record<string, LucideIcon> = {
  'system:detection': Activity,
  'system:worker': Cog,
  'system:start': Power,
  'system:sign_in': LogIn,
};

/** Who acted: people have a ring, keys, the command line and Weir's own parts a square. */
export function ActorMark({ actor, name, you }: { actor: string; name: string; you: boolean }) {
  return (
    <span className="who">
      {actor.startsWith('user:') ? <Avatar name={name} you={you} label={false} /> : <Square actor={actor} />}
      <RawText>{name}</RawText>
    </span>
  );
}

function Square({ actor }: { actor: string }) {
  const kind = actor.slice(0, actor.indexOf(':'));
  const Icon = PARTS[actor] ?? (kind === 'key' ? KeyRound : kind === 'cli' ? Terminal : Bot);
  return (
    <span className="av sq" title={actor}>
      <Icon className="i" aria-hidden="true" />
    </span>
  );
}
