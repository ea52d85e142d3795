/** OTLP's JSON encoding of attributes, read into plain values. */
import { isObject } from './fit-values';

export type Attributes = Map<string, unknown>;

const MAX_DEPTH = 16;

/** @param list `[{ key, value: { stringValue } }, …]`; whatever is malformed in it is left out */
export function readAttributes(list: unknown): Attributes {
  const found: Attributes = new Map();
  for (const item of Array.isArray(list) ? list : []) {
    if (isObject(item) && typeof item.key === 'string') found.set(item.key, readValue(item.value, 0));
  }
  return found;
}

/** An AnyValue; 64-bit integers stand as decimal strings, and some senders write numbers. */
function readValue(value: unknown, depth: number): unknown {
  if (!isObject(value) || depth > MAX_DEPTH) return undefined;
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return value.doubleValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (isObject(value.arrayValue)) {
    const { values } = value.arrayValue;
    return Array.isArray(values) ? values.map((item) => readValue(item, depth + 1)) : [];
  }
  if (!isObject(value.kvlistValue) || !Array.isArray(value.kvlistValue.values)) return undefined;
  const pairs = value.kvlistValue.values.filter(isObject);
  return Object.fromEntries(pairs.map((pair) => [String(pair.key), readValue(pair.value, depth + 1)]));
}
