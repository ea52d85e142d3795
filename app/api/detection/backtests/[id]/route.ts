import { pathId, respond } from '@/app/api/respond';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { getBacktest } from '@/lib/clusters/get-backtest';

/** How far a backtest is, and what it found; polled by the settings' page. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  return respond('backtest', async () =>
    getBacktest(await requirePersonOrThrow(), pathId((await params).id)),
  );
}
