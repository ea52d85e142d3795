import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { RawText } from '@/components/ui/raw-text';
import type { KeyInUse } from '@/lib/access/schema';

/** The keys that open the door now. Making and revoking them is for administrators, in the settings. */
export function KeysInUse({ keys, manages }: { keys: KeyInUse[]; manages: boolean }) {
  return (
    <section className="panel" aria-labelledby="keys-in-use">
      <header>
        <h2 id="keys-in-use">Keys in use</h2>
        <span className="small mute clip">not revoked, last used first</span>
        <span className="push" />
        {manages && (
          <Link className="link small" href="/settings#keys">
            Manage keys
          </Link>
        )}
      </header>
      {keys.length === 0 ? (
        <p className="body soft">
          No key. Over HTTP records need one;{' '}
          {manages ? 'make it in the settings' : 'an administrator makes it'}.
        </p>
      ) : (
        <table className="grid rows-32 plain in-keys">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Begins with</th>
              <th scope="col" className="num">
                Last used
              </th>
              <th scope="col" className="num">
                Made
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.id}>
                <td>
                  <RawText>{key.name}</RawText>
                </td>
                <td className="mono">{key.prefix}…</td>
                <td className="num soft">{key.lastUsedAt ? <Ago at={key.lastUsedAt} ago /> : 'never'}</td>
                <td className="num soft">
                  <Ago at={key.createdAt} ago />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
