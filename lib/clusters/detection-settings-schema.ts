/** Detection's weights and thresholds as a versioned setting, and how a form shows them. */
import { z } from 'zod';
import { detectionKind } from '@/lib/detection/kinds';
import { type DetectionConfig, defaultConfig, detectionConfigSchema } from '@/lib/detection/schema';
import { defineSetting } from '@/lib/settings/schema';

/** What somebody may set; an unknown field is an error. */
export const detectionInputSchema = detectionConfigSchema.superRefine((config, context) => {
  for (const [kind, weight] of Object.entries(config.lambda)) {
    const { label } = detectionKind(kind);
    if (weight === 0 || weighable(kind)) continue;
    const message = `${label} is shown as context and links nobody: its weight stays 0.`;
    context.addIssue({ code: 'custom', path: ['lambda', kind], message });
  }
});

/** True for kinds whose values link accounts; the others are context, or have no values to share. */
export function weighable(kind: string): boolean {
  return kind !== 'content' && detectionKind(kind).axis !== 'context';
}

/** A stored version keeps what it was adopted with; a field that came later has the shipped value in it. */
const storedSchema = z.preprocess((stored) => {
  if (typeof stored !== 'object' || stored === null) return stored;
  const known = Object.entries(stored).filter(([field]) => Object.hasOwn(defaultConfig, field));
  return { ...defaultConfig, ...Object.fromEntries(known) };
}, detectionInputSchema) as z.ZodType<DetectionConfig>;

export const detectionSetting = defineSetting<DetectionConfig>({
  name: 'detection.config',
  title: 'Detection',
  schema: storedSchema,
  initial: defaultConfig,
});

export type NumberField = Exclude<keyof DetectionConfig, 'lambda'>;

/** A figure of the configuration as a form shows it. */
export interface ConfigField {
  field: NumberField;
  title: string;
  description: string;
  min: number;
  max: number;
  whole: boolean;
}

const GROUPS: readonly { title: string; fields: readonly string[] }[] = [
  {
    title: 'What makes a cluster',
    fields: ['minSize', 'minProposed', 'acceptRetention', 'weakRetention', 'coreRetention', 'retentionCap'],
  },
  {
    title: 'What is popular, and so says little',
    fields: ['popularFrom', 'popularTo', 'popularMinHolders', 'popularKeep'],
  },
  { title: 'Axes', fields: ['extractingFrom', 'coordinationHigh', 'extractionHigh'] },
  { title: 'Significance and order', fields: ['alpha', 'kindCoverage', 'wilsonZ', 'valuesShown'] },
  { title: 'Communities', fields: ['resolution', 'leidenIterations', 'mergeGain', 'seed'] },
];

/** The fields by group, in the order of the form; a field that no group names comes last. */
export function configGroups(): { title: string; fields: ConfigField[] }[] {
  const { properties = {} } = z.toJSONSchema(detectionConfigSchema, { io: 'input' });
  const fields = Object.entries(properties).flatMap(([field, property]) => {
    if (field === 'lambda' || typeof property === 'boolean') return [];
    const { title = field, description = '', minimum = 0, maximum = 0, type } = property;
    return [
      {
        field: field as NumberField,
        title,
        description,
        min: minimum,
        max: maximum,
        whole: type === 'integer',
      },
    ];
  });
  const named = new Set(GROUPS.flatMap((group) => group.fields));
  const groups = GROUPS.map(({ title, fields: names }) => ({
    title,
    fields: names.flatMap((name) => fields.filter(({ field }) => field === name)),
  }));
  const rest = fields.filter(({ field }) => !named.has(field));
  return [...groups, { title: 'Other', fields: rest }].filter((group) => group.fields.length > 0);
}
