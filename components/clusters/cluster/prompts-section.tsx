'use client';

import { useQuery } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { readJson } from '@/components/shell/read-json';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import type { ClusterPrompts } from '@/lib/clusters/prompt-schema';
import { PromptRow } from './prompt-row';
import './prompts.css';

/** What the accounts ask: templates by members, what their holders send, and redacted exemplars for who asks for them. */
export function PromptsSection({ clusterId, accounts }: { clusterId: number; accounts: number }) {
  const [opened, setOpened] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['cluster', clusterId, 'prompts', opened],
    queryFn: ({ signal }) =>
      readJson<ClusterPrompts>(`/api/clusters/${clusterId}/prompts${opened ? '?exemplars=1' : ''}`, signal),
    placeholderData: (before) => before,
    staleTime: 5 * 60_000,
  });
  const exemplars = data?.templates.reduce((sum, template) => sum + template.exemplarCount, 0) ?? 0;
  return (
    <section className="sec" id="prompts" aria-labelledby="prompts-title">
      <header>
        <h2 id="prompts-title">Prompts</h2>
        <span className="small mute clip">{data && words(data)}</span>
        <span className="push" />
        {exemplars > 0 && !data?.withExemplars && (
          <Button
            variant="ghost"
            className="short"
            busy={opened && isFetching}
            title="Redacted prompts are personal data all the same: that you read them goes into the audit."
            onClick={() => setOpened(true)}
          >
            <Eye className="i" aria-hidden="true" />
            Show {formatOf(exemplars, 'exemplar')}…
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
                Members
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
            {data.templates.map((template, n) => (
              <PromptRow key={template.indicatorId} template={template} number={n + 1} accounts={accounts} />
            ))}
          </tbody>
        </table>
      )}
      {data?.withExemplars && exemplars > 0 && (
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
