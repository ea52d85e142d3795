import { formatOf } from '@/components/ui/format';
import { toast } from '@/components/ui/toast';
import type { ClusterRow } from '@/lib/clusters/schema';

/** A file of the ticked rows, in the list's order. Sent as a form: their numbers would not fit into an address. */
export function exportTicked(format: 'csv' | 'ndjson', query: string, rows: readonly ClusterRow[]): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = `/api/clusters/export?${query && `${query}&`}format=${format}`;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'ticked';
  field.value = rows.map(({ id }) => id).join(',');
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
  toast.success(
    `The export begins: ${formatOf(rows.length, 'selected cluster')}. It is itself in the audit.`,
  );
}
