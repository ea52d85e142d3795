import { Ago } from '@/components/ui/ago';
import { formatCount, formatDay, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import {
  CONTRACT_FIELDS,
  type Coverage,
  type FieldCount,
  KIND_FIELD,
  type KindCoverage,
} from '@/lib/ingest/coverage-schema';
import { ShareMeter } from './share-meter';

const TITLES = { exchange: 'Exchanges', account: 'Account records' } as const;

/** Each field of one kind of record with the share of records that carried it. */
export function FieldPanel({ kind, coverage }: { kind: keyof typeof TITLES; coverage: KindCoverage }) {
  return (
    <section className="panel" aria-labelledby={`fields-${kind}`}>
      <header>
        <h2 id={`fields-${kind}`}>{TITLES[kind]}</h2>
        <span className="small mute clip">{spanOf(coverage)}</span>
        <span className="push small soft">{formatCount(coverage.records)}</span>
      </header>
      <table className="grid rows-28 plain in-fields">
        <FieldHead />
        <tbody>
          {CONTRACT_FIELDS[kind].map((field) => (
            <FieldLine key={field} name={field} count={coverage.fields[field]} of={coverage.records} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const SHOWN = 20;

/** Records of which there are few, and observations by their kind, most first: strangers choose these names. */
export function OtherPanel({ coverage }: { coverage: Coverage }) {
  const { observation, model_release, appeal } = coverage;
  const kinds = Object.entries(observation?.fields ?? {})
    .filter(([field]) => field.startsWith(KIND_FIELD))
    .map(([field, count]) => ({ record: 'observation', kind: field.slice(KIND_FIELD.length), count }))
    .sort((a, b) => b.count.records - a.count.records);
  const rows = [
    ...kinds.slice(0, SHOWN),
    ...(model_release ? [{ record: 'model_release', kind: '', count: model_release }] : []),
    ...(appeal ? [{ record: 'appeal', kind: '', count: appeal }] : []),
  ];
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="fields-other">
      <header>
        <h2 id="fields-other">Other records</h2>
        <span className="small mute clip">
          {kinds.length > SHOWN
            ? `the first ${SHOWN} of ${formatOf(kinds.length, 'kind')} of observation`
            : 'observations by kind, model releases, appeals'}
        </span>
      </header>
      <table className="grid rows-28 plain in-other">
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">Kind</th>
            <th scope="col" className="num">
              Records
            </th>
            <th scope="col" className="num">
              Oldest
            </th>
            <th scope="col" className="num">
              Newest
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ record, kind, count }) => (
            <tr key={`${record} ${kind}`}>
              <th scope="row" className="mono">
                {record}
              </th>
              <td className="mono">{kind ? <RawText>{kind}</RawText> : <span className="mute">–</span>}</td>
              <td className="num">{formatCount(count.records)}</td>
              <td className="num mute">
                <Ago at={count.firstAt} />
              </td>
              <td className="num mute">
                <Ago at={count.lastAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FieldHead() {
  return (
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Share</th>
        <th scope="col" className="num">
          Records
        </th>
        <th scope="col" className="num">
          Newest
        </th>
      </tr>
    </thead>
  );
}

function FieldLine({ name, count, of }: { name: string; count: FieldCount | undefined; of: number }) {
  const records = count?.records ?? 0;
  return (
    <tr>
      <th scope="row" className={records === 0 ? 'mono mute' : 'mono'}>
        <RawText>{name}</RawText>
      </th>
      <td>
        <ShareMeter share={records / of} title={`${formatCount(records)} of ${formatCount(of)}`} />
      </td>
      <td className={records === 0 ? 'num mute' : 'num'}>{formatCount(records)}</td>
      <td className="num mute">
        <Ago at={count?.lastAt ?? null} />
      </td>
    </tr>
  );
}

const spanOf = ({ firstAt, lastAt }: KindCoverage) => `${formatDay(firstAt)} to ${formatDay(lastAt)}`;
