import { plainLines } from '@/components/enforcement/plain-lines';
import { Ago } from '@/components/ui/ago';
import { RawText } from '@/components/ui/raw-text';
import type { ProviderView } from '@/lib/enforcement/provider-settings-schema';

/** Every version of the three settings: who, when, why and what. */
export function SettingHistory({ rows }: { rows: ProviderView['history'] }) {
  return (
    <section className="panel" aria-labelledby="setting-history-title">
      <header>
        <h2 id="setting-history-title">Changes</h2>
        <span className="small mute">
          of provider, countermeasures and notices; no version is ever overwritten
        </span>
      </header>
      {rows.length === 0 ? (
        <p className="body soft">Nobody has changed anything: all is as Weir ships it.</p>
      ) : (
        <ul className="pv-history">
          {rows.map((row) => (
            <li key={`${row.setting} ${row.version}`}>
              <details>
                <summary>
                  <b>{row.setting}</b>
                  <span className="mute num">version {row.version}</span>
                  <span className="soft clip">{plainLines(row.reason)}</span>
                  <span className="push small mute">
                    {row.changedBy ? <RawText>{row.changedBy}</RawText> : 'the command line'},{' '}
                    <Ago at={row.changedAt} ago />
                  </span>
                </summary>
                <pre className="pv-answer">{plainLines(JSON.stringify(row.value, null, 2))}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
