import { TriangleAlert } from 'lucide-react';
import { Ago } from '@/components/ui/ago';
import { RawText } from '@/components/ui/raw-text';
import type { ReviewedKey } from '@/lib/access/review-schema';

/** Keys of machines and their last use. */
export function KeyReview({ keys }: { keys: ReviewedKey[] }) {
  return (
    <section className="panel" aria-labelledby="keys-title">
      <header>
        <h2 id="keys-title">API keys</h2>
        <span className="small mute">they may send records and nothing else</span>
      </header>
      {keys.length === 0 ? (
        <p className="body soft">No key was ever made.</p>
      ) : (
        <table className="grid rows-32 plain">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Made by</th>
              <th scope="col">Made</th>
              <th scope="col">Last used</th>
              <th scope="col">State</th>
              <th scope="col">To ask about</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.id}>
                <td>
                  <RawText>{key.name}</RawText> <span className="mono mute">{key.prefix}</span>
                </td>
                <td>
                  {key.createdBy ? <RawText>{key.createdBy}</RawText> : <span className="mute">–</span>}
                </td>
                <td className="soft">
                  <Ago at={key.createdAt} ago />
                </td>
                <td className="soft">
                  {key.lastUsedAt ? <Ago at={key.lastUsedAt} ago /> : <span className="mute">never</span>}
                </td>
                <td className={key.revokedAt ? 'mute' : undefined}>{key.revokedAt ? 'revoked' : 'active'}</td>
                <td>
                  {key.finding ? (
                    <span className="ar-finding">
                      <TriangleAlert className="i" aria-hidden="true" />
                      {key.finding}
                    </span>
                  ) : (
                    <span className="mute">–</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
