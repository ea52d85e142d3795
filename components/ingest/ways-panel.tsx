import { CopyButton } from '@/components/ui/copy-button';

/** How records come in. */
export function WaysPanel({ origin, title }: { origin: string; title: string }) {
  return (
    <section className="panel" id="ways" aria-labelledby="ways-title">
      <header>
        <h2 id="ways-title">{title}</h2>
        <span className="small mute clip">
          one JSON object a line, plain or gzip; sent twice, counted once
        </span>
      </header>
      <div className="body in-ways">
        <Way label="On this machine" command="npm run -s weir -- ingest records.ndjson.gz" />
        <Way
          label="Over HTTP, with an API key"
          command={`curl -sS ${origin}/api/v1/records -H "Authorization: Bearer $WEIR_KEY" --data-binary @records.ndjson`}
        />
      </div>
    </section>
  );
}

function Way({ label, command }: { label: string; command: string }) {
  return (
    <div>
      <span className="label">{label}</span>
      <div className="in-cmd">
        <code className="mono">{command}</code>
        <CopyButton small text={command} label="Copy the command" />
      </div>
    </div>
  );
}
