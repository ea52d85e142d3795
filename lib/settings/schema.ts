/** Settings that an administrator changes at the desk. Each noun defines its own in a file `*-settings-schema.ts`. */
import { z } from 'zod';

/** A setting: its name for good, what people call it, what it may be, and what it is until somebody changes it. */
export interface SettingDefinition<T> {
  /** "noun.what", as enforcement.tiers. */
  name: string;
  title: string;
  schema: z.ZodType<T>;
  initial: T;
}

/** Ties a setting's parts together and holds that its initial value is one it may have. @throws ZodError */
export function defineSetting<T>(definition: SettingDefinition<T>): SettingDefinition<T> {
  definition.schema.parse(definition.initial);
  return definition;
}

/** A setting's value and the version it came with; version 0 is the initial value that nobody has changed. */
export interface SettingValue<T> {
  value: T;
  version: number;
}

export interface SettingVersionRow {
  version: number;
  value: unknown;
  reason: string;
  changedBy: string | null;
  changedAt: string;
}

/** What a form hands over beside the value. */
export const settingChangeSchema = z.object({
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
  /** The version that the person saw. */
  version: z.number().int().min(0),
});
export type SettingChange = z.infer<typeof settingChangeSchema>;

/** A secret beside settings: its name for good, and what people call it. */
export interface SecretName {
  name: string;
  title: string;
}

/** What may be shown of a secret; the text itself only once, when it is made. */
export interface SecretRow {
  /** The first 8 hex digits of its SHA-256. */
  fingerprint: string;
  madeBy: string | null;
  madeAt: string;
  /** Until when it goes on beside a newer one; null for the newest. */
  endsAt: string | null;
}

export const rotateSecretSchema = z.object({
  reason: settingChangeSchema.shape.reason,
  /** Hours for which the secret before goes on signing beside the new one; 0 ends it now. */
  keepHours: z.union([z.literal(0), z.literal(1), z.literal(24), z.literal(168)]),
});
export type RotateSecretInput = z.infer<typeof rotateSecretSchema>;
