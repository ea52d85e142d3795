import { showInvisible } from '@/components/ui/format';

/** What a person typed, with its lines; characters that would turn or hide the text around them are spelled out. */
export function TypedText({ children }: { children: string }) {
  return <p className="cl-typed">{children.split(/\r?\n/).map(showInvisible).join('\n')}</p>;
}
