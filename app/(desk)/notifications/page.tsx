import type { Metadata } from 'next';
import { NotificationList } from '@/components/notifications/notification-list';
import { NotificationSwitches } from '@/components/notifications/notification-switches';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { listNotifications } from '@/lib/notifications/list-notifications';
import { readNotificationsAction, switchNotificationAction } from './actions';
import '@/components/notifications/notifications.css';

export const metadata: Metadata = { title: 'Notifications' };

export default async function NotificationsPage() {
  const page = await listNotifications(await requirePerson());
  return (
    <>
      <PageHeader title="Notifications" />
      <div className="nt">
        <NotificationList page={page} markRead={readNotificationsAction} />
        <NotificationSwitches off={page.off} mailTo={page.mailTo} change={switchNotificationAction} />
      </div>
    </>
  );
}
