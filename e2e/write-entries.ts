/** Entries that the audit's spec looks at, written as the desk writes its own: an execution of the
 * proposal that the first argument names, and a setting of the second's name with hostile text. */
import { writeAudit } from '@/lib/audit/write-audit';
import { openState } from '@/lib/database/open-state';
import { inTransaction } from '@/lib/database/transaction';

const WORKER = { kind: 'system', name: 'worker' } as const;
const CLI = { kind: 'cli', name: 'e2e' } as const;
const [proposal = '', setting = ''] = process.argv.slice(2);

const state = await openState();
await inTransaction(async (tx) => {
  const object = { type: 'proposal', id: proposal, label: 'Copper heron' } as const;
  await writeAudit(tx, WORKER, { verb: 'enforcement.start', object });
  for (const [stage, done] of [
    [0, 1],
    [1, 9],
    [2, 90],
  ] as const) {
    const accounts = Array.from({ length: done }, (_, n) => ({ id: `e2e_${stage}_${n}`, state: 'done' }));
    await writeAudit(tx, WORKER, { verb: 'enforcement.apply', object, detail: { stage, done, accounts } });
  }
  await writeAudit(tx, WORKER, { verb: 'enforcement.finish', object });
  await writeAudit(tx, CLI, {
    verb: 'setting.change',
    object: { type: 'setting', id: setting, label: '<img src=x onerror=alert(1)>\u202Egnp.exe' },
    reason: '=HYPERLINK("http://evil.example") <script>alert(2)</script>, seen from 203.0.113.9',
    before: { version: 1, value: { large: 1000, kinds: ['ip', 'device'], note: 'n'.repeat(2_000) } },
    after: { version: 2, value: { large: 2000, kinds: ['device'], '<b>bold</b>': 'x' } },
  });
});
await state.close();
process.exit(0);
