'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { formatCount, showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';
import { shareRef } from '@/lib/intel/rules';
import {
  HASHABLE_KINDS,
  type PreviewShareInput,
  type ProposeShareInput,
  type SharePreview,
  TLPS,
  type Tlp,
  takesTlp,
} from '@/lib/intel/share-schema';
import { SelectField } from './fields';
import { LeavingObjects } from './leaving-objects';
import { LeftOutSection } from './left-out';
import { HASHED_LABELS, TLP_NOTES, tlpLabel } from './share-words';

interface Props {
  campaign: { id: number; name: string };
  options: PreviewShareInput;
  preview: SharePreview | null;
  /** Why nothing can leave under these options, or null. */
  refusal: string | null;
  propose: (input: ProposeShareInput) => Promise<ActionResult<{ id: number }>>;
}

/** Chooses what of a campaign leaves; the choice lives in the address, and the preview is read anew with it. */
export function ShareDraft({ campaign, options, preview, refusal, propose }: Props) {
  const router = useRouter();
  const { may } = useDesk();
  const [reason, setReason] = useState('');
  const [reading, startReading] = useTransition();
  const { run, busy, problem } = useAct(propose);
  const choose = (more: Partial<PreviewShareInput>) => {
    const next = { ...options, ...more };
    const query = new URLSearchParams({ tlp: next.tlp });
    for (const name of ['hashed', 'also', 'without'] as const)
      if (next[name].length > 0) query.set(name, next[name].join(','));
    if (next.collectionId !== null) query.set('collection', next.collectionId);
    startReading(() => router.replace(`/campaigns/${campaign.id}/share?${query}`, { scroll: false }));
  };
  const submit = async () => {
    if (!preview || reason.trim().length < 3) return;
    const result = await run({ ...options, reason, contentSha256: preview.contentSha256 });
    if (result) router.push(`/campaigns/shares/${result.value.id}`);
  };
  const ask = (id: string) =>
    options.without.includes(id)
      ? choose({ without: options.without.filter((each) => each !== id) })
      : choose({ also: [...options.also, id] });
  const takeOut = (id: string) =>
    options.also.includes(id)
      ? choose({ also: options.also.filter((each) => each !== id) })
      : choose({ without: [...options.without, id] });
  return (
    <div className="sh-page" aria-busy={reading}>
      <div className="sh-main">
        {preview ? (
          <>
            <LeavingObjects objects={preview.objects} />
            <LeavingValues values={preview.values} asked={options.also} onTakeOut={takeOut} />
            <LeftOutSection rows={preview.leftOut} onAsk={ask} />
          </>
        ) : (
          <div className="p-nothing">
            <p className="strong">Nothing can leave like this.</p>
            <p className="soft">{refusal}</p>
          </div>
        )}
      </div>
      <aside className="sh-rail" aria-label="What is shared and how">
        <h1 className="strong">Share {showInvisible(campaign.name)}</h1>
        <p className="small soft">
          What you see is frozen when you propose it. It leaves only after somebody else has approved it.
        </p>
        <SelectField<Tlp>
          label="Partners may pass it on to"
          value={options.tlp}
          options={TLPS.map((tlp) => ({ value: tlp, label: `${tlpLabel(tlp)}: ${TLP_NOTES[tlp]}` }))}
          onChange={(tlp) => choose({ tlp })}
        />
        <p className="small mute">{TLP_NOTES[options.tlp]}</p>
        {preview && preview.collections.length > 0 && (
          <SelectField
            label="Where partners find it"
            value={options.collectionId ?? ''}
            options={[
              { value: '', label: 'Nowhere: it is handed over as a file' },
              ...preview.collections
                .filter((each) => each.id === options.collectionId || takesTlp(each, options.tlp))
                .map(({ id, title, tlp }) => ({
                  value: id,
                  label: `TAXII: ${showInvisible(title)}, up to ${tlpLabel(tlp)}`,
                })),
            ]}
            onChange={(id) => choose({ collectionId: id === '' ? null : id })}
          />
        )}
        <fieldset className="sh-kinds" disabled={preview?.noKey != null}>
          <legend className="label">Also as keyed hashes</legend>
          {HASHABLE_KINDS.map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={options.hashed.includes(kind)}
                onChange={(event) =>
                  choose({
                    hashed: HASHABLE_KINDS.filter((each) =>
                      each === kind ? event.target.checked : options.hashed.includes(each),
                    ),
                  })
                }
              />
              {HASHED_LABELS[kind]}
            </label>
          ))}
          <p className="small mute">
            {preview?.noKey ?? 'Only partners who hold the sharing key can compare them with their own.'}
          </p>
        </fieldset>
        {preview?.waiting ? (
          <p className="problem calm">
            <span>
              <Link className="link" href={`/campaigns/shares/${preview.waiting}`}>
                {shareRef(preview.waiting)}
              </Link>{' '}
              of this campaign waits for an answer. Have it answered or withdraw it first.
            </span>
          </p>
        ) : (
          may('share.propose') &&
          preview && (
            <>
              <ReasonField
                value={reason}
                onChange={setReason}
                onSubmit={submit}
                placeholder="For whom, and why"
              />
              <ProblemNote problem={problem} />
              <Button
                variant="primary"
                large
                wide
                busy={busy || reading}
                disabled={reason.trim().length < 3}
                onClick={() => void submit()}
              >
                {busy ? 'Proposing…' : 'Propose'}
              </Button>
            </>
          )
        )}
      </aside>
    </div>
  );
}

function LeavingValues({
  values,
  asked,
  onTakeOut,
}: {
  values: SharePreview['values'];
  asked: readonly string[];
  onTakeOut: (id: string) => void;
}) {
  if (values.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="values-title">
      <header>
        <h2 id="values-title">Values in it</h2>
        <span className="small mute">who shows them, and a way to leave one out</span>
      </header>
      <ul className="sh-values">
        {values.map((each) => (
          <li key={each.id} className="sh-value">
            <span className="mute small">{each.kind.replaceAll('_', ' ')}</span>
            <span className="mono clip">{showInvisible(each.value)}</span>
            <span className="small mute num">
              {formatCount(each.members)} of {formatCount(each.population)} who show it
              {asked.includes(each.id) && ', asked for'}
            </span>
            <Button variant="ghost" aria-label={`Leave out ${each.value}`} onClick={() => onTakeOut(each.id)}>
              Leave out
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
