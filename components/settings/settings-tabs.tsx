import { Tabs } from '@/components/ui/tabs';

const PAGES = [
  { label: 'General', href: '/settings' },
  { label: 'Detection', href: '/settings/detection' },
  { label: 'Known infrastructure', href: '/settings/infrastructure' },
  { label: 'Your sign-in', href: '/settings/sign-in' },
  { label: 'Sharing', href: '/settings/sharing' },
  { label: 'API', href: '/settings/api' },
] as const;

/** The pages of the settings. */
export function SettingsTabs({ current }: { current: (typeof PAGES)[number]['href'] }) {
  return <Tabs label="Settings" items={PAGES.map((page) => ({ ...page, current: page.href === current }))} />;
}
