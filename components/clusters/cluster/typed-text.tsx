import type { ReactNode } from 'react';
import { showInvisible } from '@/components/ui/format';

/** What a person typed, with its lines; characters that would turn or hide the text around them are spelled out.
 * @param names people whom it mentions by "@name" */
export function TypedText({ children, names = [] }: { children: string; names?: readonly string[] }) {
  const text = children.split(/\r?\n/).map(showInvisible).join('\n');
  return <p className="cl-typed">{names.length === 0 ? text : marked(text, names)}</p>;
}

function marked(text: string, names: readonly string[]) {
  const known = names.map(showInvisible).sort((a, b) => b.length - a.length);
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { 0: named, index } of text.matchAll(new RegExp(`@(?:${known.map(escaped).join('|')})`, 'gi'))) {
    parts.push(
      text.slice(from, index),
      <b key={index} className="cl-mention">
        {named}
      </b>,
    );
    from = index + named.length;
  }
  return [...parts, text.slice(from)];
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
