'use client';

import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';
import type { SettingValue } from '@/lib/settings/schema';

export type ChangeAction<T> = (input: {
  value: T;
  reason: string;
  version: number;
}) => Promise<ActionResult<unknown>>;

export interface Draft<T> {
  value: T;
  set: (value: T) => void;
  /** True once it differs from what is in force. */
  changed: boolean;
  reset: () => void;
  reason: string;
  setReason: (reason: string) => void;
  save: () => Promise<void>;
  busy: boolean;
  problem: string | null;
}

/** A setting that is being changed: what is typed stays until it is saved or put back. */
export function useDraft<T>(setting: SettingValue<T>, change: ChangeAction<T>, title: string): Draft<T> {
  const [draft, setDraft] = useState<T | null>(null);
  const [reason, setReason] = useState('');
  const { run, busy, problem, clear } = useAct(change);
  const value = draft ?? setting.value;
  const reset = () => {
    setDraft(null);
    setReason('');
    clear();
  };
  const save = async () => {
    if (!(await run({ value, reason, version: setting.version }))) return;
    toast.success(`${title} saved, version ${setting.version + 1}`);
    reset();
  };
  return {
    value,
    set: setDraft,
    changed: draft !== null && JSON.stringify(draft) !== JSON.stringify(setting.value),
    reset,
    reason,
    setReason,
    save,
    busy,
    problem,
  };
}
