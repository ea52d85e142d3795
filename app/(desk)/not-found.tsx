import { NothingHere } from '@/components/shell/nothing-here';
import { PageHeader } from '@/components/shell/page-header';

export default function DeskNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <NothingHere palette />
    </>
  );
}
