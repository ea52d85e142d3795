import { Download, Lasso as LassoIcon, Search, Table2, Undo2, Waypoints } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import type { Network } from './use-network';

/** Find, undo, loop, export and the table: the head of the network. */
export function NetworkTools({
  network,
  lasso,
  asTable,
  onLasso,
  onTable,
  onFound,
  onExport,
}: {
  network: Network;
  lasso: boolean;
  asTable: boolean;
  onLasso: () => void;
  onTable: () => void;
  /** Enter in the search: the fullest match. */
  onFound: (id: string) => void;
  onExport: (format: 'png' | 'svg') => void;
}) {
  const { found, words, setWords, undo } = network;
  const loop = lasso ? 'Stop selecting by loop' : 'Select by drawing a loop (L, or hold Shift)';
  return (
    <>
      <label className="field net-find">
        <Search className="i i-s" aria-hidden="true" />
        <span className="vh">Find in network</span>
        <input
          type="search"
          value={words}
          placeholder="Find in network"
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && found?.[0]) onFound(found[0].id);
            if (event.key === 'Escape') setWords('');
          }}
        />
        {found && (
          <span className="mute small" aria-live="polite">
            {found.length === 0 ? 'none' : found.length}
          </span>
        )}
      </label>
      <Button
        variant="ghost"
        icon
        className="short"
        disabled={!undo}
        aria-label="Undo"
        title="Undo the last step in this view (Z)"
        onClick={() => undo?.()}
      >
        <Undo2 className="i" aria-hidden="true" />
      </Button>
      {!asTable && (
        <>
          <Button
            variant="ghost"
            icon
            className="short"
            aria-pressed={lasso}
            aria-label={loop}
            title={loop}
            onClick={onLasso}
          >
            <LassoIcon className="i" aria-hidden="true" />
          </Button>
          <Menu
            label="Export the picture"
            align="end"
            trigger={
              <Button
                variant="ghost"
                icon
                className="short"
                aria-label="Export the picture"
                title="Export the picture"
              >
                <Download className="i" aria-hidden="true" />
              </Button>
            }
          >
            <MenuItem onSelect={() => onExport('png')} note="twice the size">
              PNG
            </MenuItem>
            <MenuItem onSelect={() => onExport('svg')} note="scales">
              SVG
            </MenuItem>
          </Menu>
        </>
      )}
      <Button
        variant="ghost"
        icon
        className="short"
        aria-pressed={asTable}
        aria-label={asTable ? 'Show as graph' : 'Show as table'}
        title={asTable ? 'Show as graph' : 'Show as table'}
        onClick={onTable}
      >
        {asTable ? (
          <Waypoints className="i" aria-hidden="true" />
        ) : (
          <Table2 className="i" aria-hidden="true" />
        )}
      </Button>
    </>
  );
}
