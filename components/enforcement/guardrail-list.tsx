import { Check, OctagonX, TriangleAlert } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { formatOf } from '@/components/ui/format';
import type { Guardrail } from '@/lib/enforcement/schema';

/** The checks before approval: what forbids or warns first, with what to do; what passes, a line each. */
export function GuardrailList({ guardrails }: { guardrails: readonly Guardrail[] }) {
  const failing = guardrails.filter((check) => !check.ok);
  const passing = guardrails.filter((check) => check.ok);
  const blocking = failing.filter((check) => check.blocks).length;
  const warnings = failing.length - blocking;
  return (
    <section className="panel" aria-labelledby="guard-title">
      <header>
        <h2 id="guard-title">Guardrails</h2>
        <span className="push" />
        <Badge tone="ok" icon={<Check className="i" aria-hidden="true" />}>
          {passing.length} passed
        </Badge>
        {blocking > 0 && (
          <Badge tone="bad" icon={<OctagonX className="i" aria-hidden="true" />}>
            {blocking === 1 ? '1 forbids it' : `${blocking} forbid it`}
          </Badge>
        )}
        {warnings > 0 && (
          <Badge tone="warn" icon={<TriangleAlert className="i" aria-hidden="true" />}>
            {formatOf(warnings, 'warning')}
          </Badge>
        )}
      </header>
      <ul className="p-guard body">
        {failing.map((check) => (
          <li key={check.id}>
            {check.blocks ? (
              <OctagonX className="i bad" aria-hidden="true" />
            ) : (
              <TriangleAlert className="i warn" aria-hidden="true" />
            )}
            <span className="vh">{check.blocks ? 'forbids:' : 'warning:'}</span>
            <div>
              {check.title} <span className="small mute p-note">{check.note}</span>
            </div>
          </li>
        ))}
        {passing.map((check) => (
          <li key={check.id}>
            <Check className="i ok" aria-hidden="true" />
            <span className="vh">passed:</span>
            <div className="ok">
              <span>{check.title}</span> <span className="small mute">{check.note}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
