import { showInvisible } from '@/components/ui/format';

/** The cell of a value that partners name, over what kind of value it is. */
export function NamedValue({ value, kind, note = '' }: { value: string; kind: string; note?: string }) {
  const text = showInvisible(value);
  return (
    <td className="sh-two">
      <span className="mono clip" title={text}>
        {text}
      </span>
      <span className="small mute">
        {kind.replaceAll('_', ' ')}
        {note}
      </span>
    </td>
  );
}
