/** What the palette offers for a word: what was found, pages, and what can be done on the spot. */
import { Keyboard, SunMoon, User, Waypoints } from 'lucide-react';
import { accountPath } from '@/components/accounts/account-path';
import { ACCOUNT_STATUS_LABELS } from '@/components/accounts/account-status';
import { KindIcon, kindShort } from '@/components/clusters/kind-icon';
import { SeverityMark } from '@/components/clusters/severity-mark';
import { StateMark } from '@/components/clusters/state-mark';
import { formatOf, showInvisible } from '@/components/ui/format';
import { clusterRef } from '@/lib/clusters/rules';
import type { Found } from '@/lib/clusters/search-schema';
import { DESK_PAGES, MORE_PAGES } from './desk-pages';
import type { PaletteGroup, PaletteOption } from './palette-options';
import { chooseTheme, THEMES, type Theme } from './theme';

const THEME_WORDS: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

/** @param found null while nothing has come */
export function foundGroups(found: Found | null, word: string): PaletteGroup[] {
  if (!found) return [];
  const { clusters, accounts, campaigns, proposals } = found;
  return [
    {
      label: word ? 'Clusters' : 'Clusters, highest score first',
      options: clusters.map((row) => ({
        key: `cluster ${row.id}`,
        href: `/clusters/${row.id}`,
        body: (
          <>
            <SeverityMark score={row.score} />
            <span className="clip">{showInvisible(row.name)}</span>
            <span className="mute">{clusterRef(row.id)}</span>
            <span className="push small mute">{formatOf(row.accounts, 'account')}</span>
            <StateMark status={row.status} reopenedCause={row.reopenedCause} />
          </>
        ),
      })),
    },
    {
      label: 'Accounts',
      options: accounts.map((row) => ({
        key: `account ${row.id}`,
        href: accountPath(row.id),
        body: (
          <>
            <User className="i" aria-hidden="true" />
            <bdi className="mono clip">{showInvisible(row.id)}</bdi>
            {row.displayName && <bdi className="mute clip">{showInvisible(row.displayName)}</bdi>}
            <span className="push small mute">{ACCOUNT_STATUS_LABELS[row.status].toLowerCase()}</span>
          </>
        ),
      })),
    },
    {
      label: 'Campaigns',
      options: campaigns.map((row) => ({
        key: `campaign ${row.id}`,
        href: `/campaigns/${row.id}`,
        body: (
          <>
            <Waypoints className="i" aria-hidden="true" />
            <bdi className="clip">{showInvisible(row.name)}</bdi>
            <span className="mute">CA-{row.id}</span>
            <span className="push small mute">{formatOf(row.clusters, 'cluster')}</span>
          </>
        ),
      })),
    },
    {
      label: 'Proposals',
      options: proposals.map((row) => ({
        key: `proposal ${row.id}`,
        href: `/approvals/${row.id}`,
        body: (
          <>
            <span className="mono">P-{row.id}</span>
            <span>
              {row.action.replaceAll('_', ' ')} of {formatOf(row.accounts, 'account')}
            </span>
            <span className="push small mute">{row.status}</span>
          </>
        ),
      })),
    },
  ];
}

export function valueGroup(found: Found | null): PaletteGroup {
  return {
    label: 'Indicators',
    options: (found?.indicators ?? []).map(({ id, kind, value }) => ({
      key: `indicator ${id}`,
      href: `/indicators/${id}`,
      body: (
        <>
          <KindIcon kind={kind} />
          <bdi className="mono clip">{showInvisible(value)}</bdi>
          <span className="push small mute">{kindShort(kind)}</span>
        </>
      ),
    })),
  };
}

export function pageGroup(word: string): PaletteGroup {
  const pages = word === '' ? DESK_PAGES : [...DESK_PAGES, ...MORE_PAGES];
  return {
    label: 'Pages',
    options: pages
      .filter((page) => holds(page.label, word))
      .map(({ href, label, icon: Icon }) => ({
        key: href,
        href,
        body: (
          <>
            <Icon className="i" aria-hidden="true" />
            {label}
          </>
        ),
      })),
  };
}

/** @param showKeys opens the list of keys */
export function commandGroup(word: string, showKeys: () => void): PaletteGroup {
  const commands: (PaletteOption & { words: string })[] = [
    {
      key: 'keys',
      words: 'Keys and shortcuts, help',
      run: showKeys,
      body: (
        <>
          <Keyboard className="i" aria-hidden="true" />
          Keys and shortcuts
          <kbd className="push">?</kbd>
        </>
      ),
    },
    ...THEMES.map((theme) => ({
      key: `theme ${theme}`,
      words: `Theme ${THEME_WORDS[theme]}`,
      run: () => chooseTheme(theme),
      body: (
        <>
          <SunMoon className="i" aria-hidden="true" />
          Theme: {THEME_WORDS[theme]}
        </>
      ),
    })),
  ];
  return {
    label: 'Commands',
    options: word === '' ? [] : commands.filter((command) => holds(command.words, word)),
  };
}

/** Each word of the text somewhere in the label. */
function holds(label: string, text: string): boolean {
  const folded = label.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => folded.includes(word));
}
