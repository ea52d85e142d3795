import { database } from '@/lib/database/client';
import { readRetention } from './retention-settings';

/** Removes exemplars whose time is over. A period that was made shorter since holds for those kept before, too.
 * @returns how many went */
export async function expireExemplars(keepDays = readRetention(process.env).exemplarDays): Promise<number> {
  return database().$executeRaw`
    DELETE FROM exemplar WHERE expires_at <= now() OR kept_at <= now() - make_interval(days => ${keepDays}::int)`;
}
