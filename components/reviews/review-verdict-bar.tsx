'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { RawText } from '@/components/ui/raw-text';
import {
  REVIEW_REASONS,
  REVIEW_VERDICTS,
  type ReviewItem,
  type ReviewVerdict,
} from '@/lib/clusters/review-schema';
import { VERDICT_LABELS } from './review-words';

const KEYS: Record<ReviewVerdict, string> = { belongs: 'B', does_not: 'D', cannot_tell: 'U' };

/** The verdict on one account: first what, then why; the reason saves it and goes on. */
export function ReviewVerdictBar({
  item,
  judging,
  refusal,
  choosing,
  busy,
  onChoose,
  onJudge,
}: {
  item: ReviewItem;
  judging: boolean;
  refusal: string | null;
  choosing: ReviewVerdict | null;
  busy: boolean;
  onChoose: (verdict: ReviewVerdict | null) => void;
  onJudge: (verdict: ReviewVerdict, reasonCode: string, note: string) => void;
}) {
  const [note, setNote] = useState('');
  const given = item.verdict && (
    <span className="small soft">
      {VERDICT_LABELS[item.verdict]}: {reasonLabel(item.verdict, item.reasonCode)}
      {item.note && (
        <>
          , “<RawText>{item.note}</RawText>”
        </>
      )}
    </span>
  );
  if (!judging) {
    return (
      <footer className="rv-bar">
        {given ?? (
          <span className="small mute">
            {refusal ?? 'Take the review up to judge its accounts. One sample is judged by one pair of eyes.'}
          </span>
        )}
      </footer>
    );
  }
  return (
    <footer className="rv-bar">
      <div className="rv-row">
        <span className="label">Does it belong to the operation?</span>
        {REVIEW_VERDICTS.map((verdict) => (
          <Button
            key={verdict}
            keys={KEYS[verdict]}
            aria-pressed={(choosing ?? item.verdict) === verdict}
            onClick={() => onChoose(verdict)}
            disabled={busy}
          >
            {VERDICT_LABELS[verdict]}
          </Button>
        ))}
        <span className="push" />
        {given}
      </div>
      {choosing && (
        <div className="rv-row">
          <span className="label">Why?</span>
          {Object.entries(REVIEW_REASONS[choosing]).map(([code, label], index) => (
            <Button
              key={code}
              keys={index + 1}
              busy={busy}
              disabled={code === 'other' && note.trim().length < 3}
              onClick={() => onJudge(choosing, code, note)}
            >
              {label}
            </Button>
          ))}
          <input
            id="rv-note"
            className="field rv-note"
            value={note}
            maxLength={1000}
            aria-label="Note; needed for another reason"
            placeholder="Note; Enter saves it as another reason"
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && note.trim().length >= 3 && !busy) onJudge(choosing, 'other', note);
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        </div>
      )}
    </footer>
  );
}

function reasonLabel(verdict: ReviewVerdict, code: string | null): string {
  const labels: Record<string, string> = REVIEW_REASONS[verdict];
  return (labels[code ?? ''] ?? 'no reason').toLowerCase();
}
