/** Picks the few prompts that are kept with their template, and redacts them before they leave the reader. */
import type { ExchangeRecord } from '@/lib/records/schema';
import type { ExchangeColumns } from './exchange-columns';
import { ExemplarWatch } from './sketch/exemplar-watch';
import { redactExemplar } from './sketch/redact';
import type { PickedExemplar } from './sketched-chunk';
import type { TextColumns } from './text-columns';

/** One for all inputs that a thread reads: many small uploads are one stream. */
const holder = globalThis as { weirExemplarWatch?: ExemplarWatch };

export class ExemplarPicker {
  private readonly watch: ExemplarWatch;
  private picked: PickedExemplar[] = [];

  constructor() {
    holder.weirExemplarWatch ??= new ExemplarWatch();
    this.watch = holder.weirExemplarWatch;
    this.watch.refresh();
  }

  /** Looks at an exchange that was just put into the columns. */
  show(
    { exchanges, texts }: { exchanges: ExchangeColumns; texts: TextColumns },
    place: number,
    record: Pick<ExchangeRecord, 'prompt' | 'account_id'>,
  ): void {
    const template = exchanges.texts[place * 2]!;
    if (template < 0 || !record.prompt) return;
    const { high, low } = texts.idAt(template);
    if (!this.watch.wants(high, low, record.account_id)) return;
    this.picked.push({ place, text: redactExemplar(record.prompt) });
  }

  /** Those of the chunk that is finished. */
  take(): PickedExemplar[] {
    const { picked } = this;
    this.picked = [];
    return picked;
  }
}
