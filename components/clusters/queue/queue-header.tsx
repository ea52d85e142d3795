'use client';

import { ChevronDown, Rows2, Rows3 } from 'lucide-react';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf, showInvisible } from '@/components/ui/format';
import { Menu, MenuItem } from '@/components/ui/menu';
import { Tabs } from '@/components/ui/tabs';
import { toast } from '@/components/ui/toast';
import { filterQuery, readFilter } from '@/lib/clusters/queue-filter';
import type { SavedView } from '@/lib/clusters/queue-schema';
import type { QueuePage } from '@/lib/clusters/schema';
import type { Density } from './density';
import { isView, QUEUE_VIEWS } from './filter-query';
import type { FilterState } from './use-filter';
import { type ViewActions, ViewsMenu } from './views-menu';

/** The views of the list, and what is done with the list as a whole: keep its filter, its density, a file of it. */
export function QueueHeader({
  state,
  page,
  views,
  actions,
  density,
  onDensity,
}: {
  state: FilterState;
  page: QueuePage;
  views: SavedView[];
  actions: ViewActions;
  density: Density;
  onDensity: (density: Density) => void;
}) {
  const { filter, query } = state;
  const saved = views.find((view) => view.query === query && query !== '');
  const dense = density === 'compact';
  return (
    <PageHeader
      fit
      title="Clusters"
      tabs={
        <>
          <Tabs
            label="Views"
            items={[
              ...(saved
                ? [
                    {
                      label: showInvisible(saved.name),
                      href: hrefOf(saved.query),
                      count: formatCount(page.total),
                      current: true,
                    },
                  ]
                : []),
              ...QUEUE_VIEWS.map((view) => ({
                label: view.label,
                href: hrefOf(filterQuery({ sort: 'score', dir: 'desc', ...view.filter })),
                count: formatCount(page.counts[view.count]),
                current: !saved && isView(filter, view.filter),
                onSelect: () => state.choose(view.filter),
              })),
              {
                label: 'Muted',
                href: '/clusters/muted',
                count: formatCount(page.counts.muted),
                current: false,
              },
            ]}
          />
          <ViewsMenu
            views={views}
            current={saved}
            query={query}
            actions={actions}
            onChoose={(view) => state.restore(readFilter(new URLSearchParams(view.query)).filter)}
          />
        </>
      }
    >
      <Button
        icon
        className="low"
        aria-pressed={dense}
        aria-label={dense ? 'Compact rows: show two lines a row' : 'Show one line a row'}
        title={dense ? 'Two lines a row' : 'One line a row'}
        onClick={() => onDensity(dense ? 'comfortable' : 'compact')}
      >
        {dense ? (
          <Rows2 className="i i-s" aria-hidden="true" />
        ) : (
          <Rows3 className="i i-s" aria-hidden="true" />
        )}
      </Button>
      <Menu
        label="Export"
        align="end"
        trigger={
          <Button className="low">
            Export <ChevronDown className="i i-s" aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem onSelect={() => download('csv', query, page.total)} note="for a spreadsheet">
          CSV
        </MenuItem>
        <MenuItem onSelect={() => download('ndjson', query, page.total)} note="a line a cluster">
          NDJSON
        </MenuItem>
      </Menu>
    </PageHeader>
  );
}

function download(format: 'csv' | 'ndjson', query: string, total: number): void {
  window.location.assign(`/api/clusters/export?${query && `${query}&`}format=${format}`);
  toast.success(
    `The export begins: ${formatOf(total, 'cluster')} under these filters, in this order. It is itself in the audit.`,
  );
}

function hrefOf(query: string): string {
  return query ? `/clusters?${query}` : '/clusters';
}
