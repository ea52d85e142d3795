/** A change of detection's settings while it is being typed, and what differs between two versions. Pure. */
import { type ConfigField, configGroups, type NumberField } from '@/lib/clusters/detection-settings-schema';
import { detectionKind } from '@/lib/detection/kinds';
import type { DetectionConfig } from '@/lib/detection/schema';

/** What is typed, by field; of weights by "lambda.KIND". Absent: as it is in force. */
export type Draft = Readonly<Record<string, string>>;

export const weightKey = (kind: string): string => `lambda.${kind}`;

/** A figure as a form writes it: no rounding, no grouping. */
export const plain = (value: number): string => String(value);

/** The weight of a kind under a configuration. */
export const weightOf = (config: DetectionConfig, kind: string): number =>
  detectionKind(kind, config.lambda).lambda;

/** What is wrong with a typed figure, or null. */
export function problemOf(
  text: string,
  { min, max, whole }: Pick<ConfigField, 'min' | 'max' | 'whole'>,
): string | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) return 'A number, please';
  if (whole && !Number.isInteger(value)) return 'A whole number';
  return value < min || value > max ? `${plain(min)} to ${plain(max)}` : null;
}

/** The fields of the draft that differ from what is in force, as a backtest takes them. */
export function changeOf(draft: Draft, current: DetectionConfig): Record<string, unknown> {
  const change: Record<string, unknown> = {};
  let lambda: Record<string, number> | null = null;
  for (const [key, text] of Object.entries(draft)) {
    const value = Number(text);
    if (key.startsWith('lambda.')) {
      const kind = key.slice('lambda.'.length);
      if (value === weightOf(current, kind)) continue;
      lambda = { ...(lambda ?? current.lambda), [kind]: value };
      if (value === detectionKind(kind).lambda) delete lambda[kind];
    } else if (value !== current[key as NumberField]) change[key] = value;
  }
  return lambda ? { ...change, lambda } : change;
}

export interface FieldChange {
  field: string;
  title: string;
  before: number;
  after: number;
}

/** What a configuration changes of another, field by field and weight by weight. */
export function differences(before: DetectionConfig, after: DetectionConfig): FieldChange[] {
  const fields = configGroups().flatMap((group) => group.fields);
  const kinds = [...new Set([...Object.keys(before.lambda), ...Object.keys(after.lambda)])].sort();
  return [
    ...fields.map(({ field, title }) => ({ field, title, before: before[field], after: after[field] })),
    ...kinds.map((kind) => ({
      field: weightKey(kind),
      title: `Weight of ${detectionKind(kind).label.toLowerCase()}`,
      before: weightOf(before, kind),
      after: weightOf(after, kind),
    })),
  ].filter((each) => each.before !== each.after);
}

/** A configuration as a draft over what is in force: the fields that differ. */
export function draftOf(config: DetectionConfig, current: DetectionConfig): Draft {
  return Object.fromEntries(differences(current, config).map(({ field, after }) => [field, plain(after)]));
}
