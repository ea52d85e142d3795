'use client';

import { TypedText } from '@/components/clusters/cluster/typed-text';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { RawText } from '@/components/ui/raw-text';
import { type DetectionConfig, defaultConfig } from '@/lib/detection/schema';
import type { SettingValue, SettingVersionRow } from '@/lib/settings/schema';
import { differences, plain } from './draft';

/** Every version: who adopted it, when, why, and what it changed of the one before. */
export function VersionHistory({
  setting,
  versions,
  onLoad,
}: {
  setting: SettingValue<DetectionConfig>;
  versions: SettingVersionRow[];
  /** Puts a version's figures into the form; null for readers who may not change anything. */
  onLoad: ((config: DetectionConfig) => void) | null;
}) {
  const configOf = (version: number): DetectionConfig => {
    const row = versions.find((each) => each.version === version);
    // Older versions lack what came later: the shipped figure was in force then.
    return row ? { ...defaultConfig, ...(row.value as Partial<DetectionConfig>) } : defaultConfig;
  };
  const load = (config: DetectionConfig) => {
    onLoad?.(config);
    document.getElementById('config-title')?.scrollIntoView({ block: 'start' });
  };
  return (
    <section className="panel" aria-labelledby="versions-title">
      <header>
        <h2 id="versions-title">Versions</h2>
        <span className="small mute">every run records the one it used; none is ever overwritten</span>
      </header>
      {versions.length === 0 ? (
        <p className="body soft">Nobody has changed anything: all is as Weir ships it.</p>
      ) : (
        <ul className="d-versions">
          {versions.map((row) => (
            <li key={row.version}>
              <div className="d-row">
                <b className="num">Version {row.version}</b>
                {row.version === setting.version && <span className="badge live">In force</span>}
                <span className="small mute">
                  {row.changedBy ? <RawText>{row.changedBy}</RawText> : 'the command line'},{' '}
                  <Ago at={row.changedAt} ago />
                </span>
                <span className="push" />
                {onLoad && row.version !== setting.version && (
                  <Button variant="ghost" onClick={() => load(configOf(row.version))}>
                    Load into the form
                  </Button>
                )}
              </div>
              <TypedText>{row.reason}</TypedText>
              <p className="small soft d-counts">
                {differences(configOf(row.version - 1), configOf(row.version))
                  .map(({ title, before, after }) => `${title} ${plain(before)} → ${plain(after)}`)
                  .join(' · ')}
              </p>
            </li>
          ))}
          {onLoad && setting.version > 0 && (
            <li>
              <div className="d-row">
                <b>As shipped</b>
                <span className="push" />
                <Button variant="ghost" onClick={() => load(defaultConfig)}>
                  Load into the form
                </Button>
              </div>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
