import {
  Bell,
  Import,
  LayoutDashboard,
  type LucideIcon,
  MessageSquareWarning,
  Microscope,
  Network,
  ScrollText,
  Settings,
  Stamp,
  Users,
  Waypoints,
} from 'lucide-react';

export interface DeskPage {
  href: string;
  label: string;
  icon: LucideIcon;
}

/** The pages of the desk in the order of the nav. */
export const DESK_PAGES: readonly DeskPage[] = [
  { href: '/', label: 'Overview', icon: LayoutDashboard },
  { href: '/notifications', label: 'Notifications', icon: Bell },
  { href: '/clusters', label: 'Clusters', icon: Network },
  { href: '/reviews', label: 'Reviews', icon: Microscope },
  { href: '/accounts', label: 'Accounts', icon: Users },
  { href: '/approvals', label: 'Approvals', icon: Stamp },
  { href: '/appeals', label: 'Appeals', icon: MessageSquareWarning },
  { href: '/campaigns', label: 'Campaigns', icon: Waypoints },
  { href: '/audit', label: 'Audit', icon: ScrollText },
  { href: '/ingest', label: 'Ingest', icon: Import },
  { href: '/settings', label: 'Settings', icon: Settings },
];

/** Pages that the nav does not name. */
export const MORE_PAGES: readonly DeskPage[] = [
  { href: '/clusters/muted', label: 'Muted patterns', icon: Network },
  { href: '/workload', label: 'Workload and limits', icon: Users },
  { href: '/detection', label: 'What detection left out', icon: Microscope },
  { href: '/approvals/review', label: 'Review what waits for you', icon: Stamp },
  { href: '/approvals/new', label: 'New proposal from a list', icon: Stamp },
  { href: '/campaigns/partners', label: 'Partners and what they sent', icon: Waypoints },
  { href: '/audit/access', label: 'Access review', icon: ScrollText },
  { href: '/settings/detection', label: 'Detection settings', icon: Settings },
  { href: '/settings/infrastructure', label: 'Lists of infrastructure', icon: Settings },
  { href: '/settings/sharing', label: 'Sharing settings', icon: Settings },
  { href: '/settings/sign-in', label: 'Your sign-in', icon: Settings },
];
