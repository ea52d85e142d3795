'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import type { ClusterPrompts } from '@/lib/clusters/prompt-schema';
import { PromptRow } from './prompt-row';
import './prompts.css';

/** Templates shown before all are asked for. */
const FIRST = 8;

/** What the accounts ask: templates by members, what their holders send, and redacted exemplars for who asks for them. */
export function PromptsSection({ clusterId, accounts }: { clusterId: number; accounts: number }) {
  const [asked, setAsked] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['cluster', clusterId, 'prompts', asked],
    queryFn: ({ signal }) =>
      readJson<ClusterPrompts>(`/api/clusters/${clusterId}/prompts${asked ? '?exemplars=1' : ''}`, signal),
    placeholderData: (before) => before,
    staleTime: 5 * 60_000,
  });
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
    setAsked(true);
  };
  const shown = all ? data?.templates : data?.templates.slice(0, FIRST);
  return (
    <section className="sec" id="prompts" aria-labelledby="prompts-title">
      <header>
        <h2 id="prompts-title">Prompts</h2>
        <span className="small mute clip">{data && words(data)}</span>
        <span className="push" />
        {data && data.templates.length > FIRST && (
          <Button variant="ghost" className="short" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? `First ${FIRST}` : `All ${data.templates.length}`}
          </Button>
        )}
      </header>
      {error && (
        <p className="cl-none" role="alert">
          {error.message}{' '}
          <Button className="short" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
      {!data && !error && <div className="pr-wait" role="status" aria-label="Reading the templates" />}
      {data?.templates.length === 0 && (
        <p className="cl-none">No prompt template holds these accounts together, or no prompts came in.</p>
      )}
      {data && data.templates.length > 0 && (
        <table className="grid pr-table">
          <thead>
            <tr>
              <th scope="col" className="num">
                #
              </th>
              <th scope="col">
                Template <span className="mute">_ is what varies</span>
              </th>
              <th scope="col" className="num">
                Members <span className="mute">of {formatCount(accounts)}</span>
              </th>
              <th scope="col" className="num">
                Population
              </th>
              <th scope="col" className="num">
                Expected
              </th>
              <th scope="col">What its holders send</th>
            </tr>
          </thead>
          <tbody>
            {shown?.map((template, n) => (
              <PromptRow
                key={template.indicatorId}
                template={template}
                number={n + 1}
                isOpen={open.has(template.indicatorId)}
                onToggle={() => toggle(template.indicatorId)}
              />
            ))}
          </tbody>
        </table>
      )}
      {data?.withExemplars && open.size > 0 && (
        <p className="small mute pr-foot">
          Exemplars are cut and redacted by rule: names in running text can be left. Each expires on its day.
          Your reading is in the audit.
        </p>
      )}
    </section>
  );
}

function words({ templates, total }: ClusterPrompts): string {
  if (templates.length === 0) return '';
  if (total <= templates.length) return `${formatOf(total, 'template')}, by members`;
  return `the ${templates.length} strongest of ${formatCount(total)} templates, by members`;
}
