'use client';

import { useState } from 'react';
import type { ActionResult } from '@/lib/errors';
import { askProof } from './ask-proof';
import { LOST_CONNECTION } from './lost-connection';

interface Act<Input, Value> {
  /** Runs the action; null when it was refused or did not arrive: `problem` then says why. */
  run: (input: Input) => Promise<{ value: Value } | null>;
  busy: boolean;
  problem: string | null;
  clear: () => void;
}

/** One write from a form: what was typed stays where it is when the write fails. */
export function useAct<Input, Value>(
  action: (input: Input) => Promise<ActionResult<Value>>,
): Act<Input, Value> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (input: Input) => {
    setBusy(true);
    setProblem(null);
    try {
      let result = await action(input);
      // What takes a fresh proof is tried once more when it was given.
      if (!result.ok && result.code === 'unproved' && (await askProof())) result = await action(input);
      if (result.ok) return { value: result.value };
      setProblem(result.errorId ? `${result.message} (${result.errorId})` : result.message);
    } catch {
      setProblem(`${LOST_CONNECTION} What you wrote is kept.`);
    } finally {
      setBusy(false);
    }
    return null;
  };
  return { run, busy, problem, clear: () => setProblem(null) };
}
