import { showInvisible } from '@/components/ui/format';

/** Words that somebody wrote over several lines: the lines stay, what cannot be seen is spelled out. */
export function plainLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => showInvisible(line))
    .join('\n');
}
