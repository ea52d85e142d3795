'use client';

import { useState } from 'react';
import { formatCount, showInvisible } from '@/components/ui/format';

const SHOWN = 240;

/** Text of any length that somebody else chose: the beginning, and the rest when it is asked for. */
export function LongText({ text, lines = false }: { text: string; lines?: boolean }) {
  const [whole, setWhole] = useState(false);
  const long = text.length > SHOWN * 1.5;
  const shown = whole || !long ? text : `${text.slice(0, SHOWN)}…`;
  // Line feeds stay where the text may take several lines.
  const safe = lines ? shown.split('\n').map(showInvisible).join('\n') : showInvisible(shown);
  return (
    <bdi className="long">
      {safe}
      {long && (
        <button
          type="button"
          className="link long-more"
          aria-expanded={whole}
          onClick={(event) => {
            event.stopPropagation();
            setWhole(!whole);
          }}
        >
          {whole ? 'show less' : `all ${formatCount(text.length)} characters`}
        </button>
      )}
    </bdi>
  );
}
