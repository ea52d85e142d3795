import { showInvisible } from './format';

/** Text that somebody else chose (an account id, a name, a value): isolated, clipped, whole in its title. */
export function RawText({ children, className }: { children: string; className?: string }) {
  const text = showInvisible(children);
  return (
    <bdi className={className ? `raw ${className}` : 'raw'} title={text}>
      {text}
    </bdi>
  );
}
