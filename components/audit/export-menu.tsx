'use client';

import { ChevronDown } from 'lucide-react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import { Refused } from '@/components/ui/tooltip';
import { EXPORT_FORMATS, type ExportFormat } from '@/lib/audit/export-schema';
import type { AuditFilter } from '@/lib/audit/filter-schema';
import { auditParams } from './audit-query';

const FORMATS: Record<ExportFormat, { label: string; note: string }> = {
  csv: { label: 'CSV', note: 'for a spreadsheet' },
  ndjson: { label: 'NDJSON', note: 'a line an entry' },
};

/** The entries that the filters leave, as a file. */
export function ExportMenu({ filter }: { filter: AuditFilter }) {
  const { may } = useDesk();
  if (!may('audit.export')) {
    return (
      <Refused reason="Approvers, administrators and auditors may export the audit.">
        <Button className="low" disabled>
          Export
        </Button>
      </Refused>
    );
  }
  const download = (format: ExportFormat) => {
    const params = auditParams({ ...filter, cursor: undefined });
    params.set('format', format);
    window.location.assign(`/api/audit/export?${params}`);
    toast.success('The export begins: all entries under these filters. It is itself in the audit.');
  };
  return (
    <Menu
      label="Export"
      align="end"
      trigger={
        <Button className="low">
          Export <ChevronDown className="i i-s" aria-hidden="true" />
        </Button>
      }
    >
      {EXPORT_FORMATS.map((format) => (
        <MenuItem key={format} onSelect={() => download(format)} note={FORMATS[format].note}>
          {FORMATS[format].label}
        </MenuItem>
      ))}
    </Menu>
  );
}
