'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { LOST_CONNECTION } from '@/components/ui/lost-connection';
import { RawText } from '@/components/ui/raw-text';
import { toast } from '@/components/ui/toast';
import { useKeys } from '@/components/ui/use-keys';
import {
  type JudgeInput,
  REVIEW_REASONS,
  type ReviewDetail,
  type ReviewItem,
  type ReviewVerdict,
} from '@/lib/clusters/review-schema';
import type { ActionResult } from '@/lib/errors';
import { ReviewAccount } from './review-account';
import { ReviewVerdictBar } from './review-verdict-bar';
import { VERDICT_LABELS } from './review-words';

export interface ReviewActions {
  take: (input: { reviewId: number }) => Promise<ActionResult>;
  release: (input: { reviewId: number }) => Promise<ActionResult>;
  judge: (input: JudgeInput) => Promise<ActionResult>;
  finish: (input: { reviewId: number }) => Promise<ActionResult>;
}

/** The accounts of a sample one by one: what can be seen of each, the verdict, why. Everything by keyboard. */
export function ReviewDesk({ review, actions }: { review: ReviewDetail; actions: ReviewActions }) {
  const router = useRouter();
  const list = useRef<HTMLOListElement>(null);
  const [items, setItems] = useState(review.items);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      items.findIndex((each) => each.verdict === null),
    ),
  );
  const [choosing, setChoosing] = useState<ReviewVerdict | null>(null);
  const [busy, setBusy] = useState(false);
  const item = items[at];
  const judging = review.mine && review.refusal === null;
  const left = items.filter((each) => each.verdict === null).length;

  const go = (index: number) => {
    const next = Math.min(items.length - 1, Math.max(0, index));
    setAt(next);
    setChoosing(null);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const act = async (work: () => Promise<ActionResult>): Promise<boolean> => {
    setBusy(true);
    const result = await work().catch(
      (): ActionResult => ({
        ok: false,
        code: 'unknown',
        message: LOST_CONNECTION,
      }),
    );
    setBusy(false);
    if (!result.ok) toast.error(result.message);
    return result.ok;
  };
  const judge = async (of: ReviewItem, verdict: ReviewVerdict, reasonCode: string, note: string) => {
    const input = { reviewId: review.id, ordinal: of.ordinal, verdict, reasonCode, note };
    if (!(await act(() => actions.judge(input)))) return;
    const next = items.map((each) =>
      each.ordinal === of.ordinal ? { ...each, verdict, reasonCode, note: note === '' ? null : note } : each,
    );
    setItems(next);
    const after = next.findIndex((each, index) => index > at && each.verdict === null);
    const before = next.findIndex((each) => each.verdict === null);
    go(after >= 0 ? after : before >= 0 ? before : at);
  };
  const finish = async () => {
    if (await act(() => actions.finish({ reviewId: review.id }))) router.refresh();
  };
  const take = async () => {
    if (await act(() => actions.take({ reviewId: review.id }))) router.refresh();
  };
  const choose = (verdict: ReviewVerdict) => (judging && !busy ? setChoosing(verdict) : false);
  const because = (index: number) => {
    const code = choosing && Object.keys(REVIEW_REASONS[choosing])[index];
    if (!choosing || !code || !item || busy) return false;
    // "Other" asks for words; the field below takes them.
    if (code === 'other') document.getElementById('rv-note')?.focus();
    else void judge(item, choosing, code, '');
  };
  useKeys({
    j: () => go(at + 1),
    k: () => go(at - 1),
    ArrowDown: () => go(at + 1),
    ArrowUp: () => go(at - 1),
    b: () => choose('belongs'),
    d: () => choose('does_not'),
    u: () => choose('cannot_tell'),
    1: () => because(0),
    2: () => because(1),
    3: () => because(2),
    4: () => because(3),
    t: () => (review.refusal === null && !review.mine ? void take() : false),
    Escape: () => (choosing === null ? false : setChoosing(null)),
  });

  return (
    <div className="rv">
      <nav className="rv-list" aria-label="Accounts of the sample">
        <ol ref={list}>
          {items.map((each, index) => (
            <li key={each.ordinal}>
              <button
                type="button"
                className={index === at ? 'at' : undefined}
                aria-current={index === at ? 'true' : undefined}
                onClick={() => go(index)}
              >
                <span className="mute num">{each.ordinal}</span>
                <RawText className="mono clip">{each.accountId}</RawText>
                <span className={`rv-mark ${each.verdict ?? ''}`}>
                  {each.verdict === null ? '' : VERDICT_LABELS[each.verdict]}
                </span>
                {each.inside === false && <span className="small mute">control</span>}
              </button>
            </li>
          ))}
        </ol>
        <div className="rv-foot small">
          {review.finishedAt === null && (
            <span className="mute" aria-live="polite">
              {judging
                ? `${formatCount(items.length - left)} of ${formatCount(items.length)} judged`
                : `${formatCount(items.length)} accounts`}
            </span>
          )}
          {judging && (
            <Button variant="primary" disabled={left > 0} busy={busy} onClick={() => void finish()}>
              Finish
            </Button>
          )}
          {review.refusal === null && !review.mine && (
            <Button variant="primary" keys="T" busy={busy} onClick={() => void take()}>
              Take it up
            </Button>
          )}
        </div>
      </nav>
      <div className="rv-main">
        {item && (
          <>
            <header className="rv-head">
              <h2 className="mono clip">
                <RawText>{item.accountId}</RawText>
              </h2>
              <span className="small mute">
                {formatCount(at + 1)} of {formatCount(items.length)}
              </span>
            </header>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area has to be reachable by keyboard */}
            <section className="rv-scroll" tabIndex={0} aria-label="The account">
              <ReviewAccount item={item} review={review} />
            </section>
            <ReviewVerdictBar
              key={item.ordinal}
              item={item}
              judging={judging}
              refusal={review.refusal}
              choosing={choosing}
              busy={busy}
              onChoose={setChoosing}
              onJudge={(verdict, code, note) => void judge(item, verdict, code, note)}
            />
          </>
        )}
      </div>
    </div>
  );
}
