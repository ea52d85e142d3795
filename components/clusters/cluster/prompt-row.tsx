import { STACK } from '@/components/charts/build-timeline';
import { TrailLink } from '@/components/shell/trail';
import { Until } from '@/components/ui/ago';
import { formatCount, formatExpected, formatOf, formatPercent, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { Exemplar, PromptTemplate } from '@/lib/clusters/prompt-schema';
import { TypedText } from './typed-text';

/** A template against chance, and under it the exemplars that were asked for. */
export function PromptRow({
  template,
  number,
  isOpen,
  onToggle,
}: {
  template: PromptTemplate;
  number: number;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const { kind, skeleton, members, population, expected, exemplarCount, exemplars } = template;
  return (
    <>
      <tr>
        <td className="num mute">{number}</td>
        <td className="pr-skeleton" title={showInvisible(skeleton)}>
          <TrailLink className="pr-pivot" to={{ type: 'indicator', id: template.indicatorId }}>
            <bdi className="mono">{showInvisible(skeleton)}</bdi>
          </TrailLink>
          <span className="pr-under small mute">
            {kind === 'system_prompt' && <span>system prompt</span>}
            {exemplarCount > 0 && (
              <button
                type="button"
                className="link"
                aria-expanded={isOpen}
                title="Redacted prompts are personal data all the same: that you read them goes into the audit."
                onClick={onToggle}
              >
                {isOpen ? 'Hide' : 'Show'} {formatOf(exemplarCount, 'exemplar')}
              </button>
            )}
          </span>
        </td>
        <td className="num">
          <b>{formatCount(members)}</b>
        </td>
        <td className="num soft">{formatCount(population)}</td>
        <td className="num soft">{formatExpected(expected)}</td>
        <td>
          <ClassMix template={template} />
        </td>
      </tr>
      {isOpen && exemplars.length > 0 && (
        <tr className="pr-exemplars">
          <td />
          <td colSpan={5}>
            <ul>
              {exemplars.map((exemplar) => (
                <li key={exemplar.accountId}>
                  <TypedText>{exemplar.text}</TypedText>
                  <ExemplarNote exemplar={exemplar} />
                </li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  );
}

function ExemplarNote({ exemplar: { accountId, class: patternClass, expiresAt } }: { exemplar: Exemplar }) {
  return (
    <p className="small mute">
      <TrailLink className="link" to={{ type: 'account', id: accountId }}>
        <RawText className="mono">{accountId}</RawText>
      </TrailLink>
      <span>{layerOf(patternClass)?.label}</span>
      <span>
        expires in <Until at={expiresAt} />
      </span>
    </p>
  );
}

const layerOf = (patternClass: number) => STACK.find((layer) => layer.index === patternClass);

/** Shares by pattern class of what a sample of the holders sends: a bar, and its largest part in words. */
function ClassMix({ template: { classes, sampled } }: { template: PromptTemplate }) {
  const total = classes.reduce((sum, part) => sum + part.exchanges, 0);
  const first = classes[0];
  if (!first || total === 0) return <span className="mute">–</span>;
  const parts = classes.map((part) => ({
    ...part,
    layer: layerOf(part.class),
    share: part.exchanges / total,
  }));
  const all = parts.map(({ layer, share }) => `${layer?.label} ${formatPercent(share)}`).join(', ');
  return (
    <span className="pr-mix" title={`${all}; of ${formatOf(sampled, 'account')} that send it`}>
      <span className="pr-bar" aria-hidden="true">
        {parts.map(({ class: patternClass, layer, share }) => (
          <i key={patternClass} style={{ width: `${share * 100}%`, background: layer?.color }} />
        ))}
      </span>
      <span className="clip">
        {formatPercent(parts[0]?.share ?? 0)} <span className="soft">{parts[0]?.layer?.label}</span>
      </span>
      <span className="vh">{all}</span>
    </span>
  );
}
