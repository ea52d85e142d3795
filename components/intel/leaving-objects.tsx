import { Badge } from '@/components/ui/badge';
import { formatOf, showInvisible } from '@/components/ui/format';
import type { LeavingObject } from '@/lib/intel/share-schema';
import { TYPE_LABELS } from './share-words';

/** Everything that leaves, by type, each object to be opened as it is. */
export function LeavingObjects({ objects }: { objects: readonly LeavingObject[] }) {
  return (
    <section className="sec" id="leaves" aria-labelledby="leaves-title">
      <header>
        <h2 id="leaves-title">What leaves</h2>
        <span className="small mute">{formatOf(objects.length, 'object')}, nothing else</span>
      </header>
      <div className="sh-types">
        {TYPE_LABELS.map(([type, label]) => {
          const some = objects.filter((object) => object.type === type);
          if (some.length === 0) return null;
          return (
            <details key={type} open={type === 'indicator' || type === 'campaign'}>
              <summary>
                <b>{label}</b> <span className="mute num">{some.length}</span>
              </summary>
              <ul>
                {some.map((object) => (
                  <li key={object.id}>
                    <details>
                      <summary>
                        <span className="mono clip">{showInvisible(object.title)}</span>
                        {object.state === 'changed' && <Badge>new version</Badge>}
                      </summary>
                      <pre>{showInvisible(object.json)}</pre>
                    </details>
                  </li>
                ))}
              </ul>
            </details>
          );
        })}
      </div>
    </section>
  );
}
