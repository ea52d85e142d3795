'use client';

import { Check, Send, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { plainLines } from '@/components/enforcement/plain-lines';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { ProviderTest } from '@/lib/enforcement/provider-settings-schema';
import type { ActionResult } from '@/lib/errors';

export type TestAction = () => Promise<ActionResult<ProviderTest>>;

/** Calls the provider without touching an account, and shows what it answered. */
export function TestProvider({ test, unsaved }: { test: TestAction; unsaved: boolean }) {
  const [result, setResult] = useState<ProviderTest | null>(null);
  const { run, busy, problem } = useAct(() => test());
  const send = async () => {
    setResult(null);
    const done = await run(undefined);
    if (done) setResult(done.value);
  };
  return (
    <div className="body pv-part">
      <div className="pv-row">
        <h3>Test</h3>
        <span className="small mute">
          {unsaved ? 'tests what is saved, not what is typed above' : 'a signed ping; no account is touched'}
        </span>
        <span className="push" />
        <Button busy={busy} onClick={send}>
          <Send className="i" aria-hidden="true" />
          Send a test
        </Button>
      </div>
      <ProblemNote problem={problem} />
      <div role="status">{result && <Result result={result} />}</div>
    </div>
  );
}

function Result({ result }: { result: ProviderTest }) {
  const Icon = result.ok ? Check : TriangleAlert;
  return (
    <div className="pv-result">
      <p className="pv-row">
        <Badge tone={result.ok ? 'ok' : 'bad'} icon={<Icon className="i" aria-hidden="true" />}>
          {result.status ?? (result.ok ? 'Fine' : 'No answer')}
        </Badge>
        <span>{plainLines(result.reading)}</span>
        <span className="small mute num">{formatCount(result.tookMs)} ms</span>
      </p>
      {result.answer !== '' && (
        <pre className="pv-answer" dir="auto">
          {plainLines(result.answer)}
        </pre>
      )}
    </div>
  );
}
