import { AppError } from '@/lib/errors';
import type { ProposeInput } from './propose-schema';
import type { Weighed } from './weigh-proposal';

/** The previewed list is the frozen one, exactly: any other is refused with what is known of the change.
 * @throws AppError conflict */
export function refuseChanged(input: ProposeInput, { preview }: Weighed): void {
  if (preview.sha256 === input.sha256) return;
  const { accountCount, leftOut } = preview;
  const left = [
    leftOut.already > 0 && `${leftOut.already} in this state already`,
    leftOut.held > 0 && `${leftOut.held} under a hold`,
    leftOut.unconfirmed > 0 && `${leftOut.unconfirmed} in no confirmed cluster`,
    leftOut.weak > 0 && `${leftOut.weak} linked too weakly`,
  ].filter((words) => words !== false);
  const seen = input.seenCount;
  const count =
    seen === undefined || seen === accountCount
      ? `It holds ${accountCount.toLocaleString('en-US')} accounts now, not the same ones`
      : `You saw ${seen.toLocaleString('en-US')} accounts, now it holds ${accountCount.toLocaleString('en-US')}`;
  const why = left.length > 0 ? ` Not on it now: ${left.join(', ')}.` : '';
  throw new AppError('conflict', `The list has changed since you looked at it. ${count}.${why} Look again.`);
}
