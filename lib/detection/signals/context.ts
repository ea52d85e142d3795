/**
 * Kinds that are shown beside an account and never count by themselves: the network operator, the way in, labels,
 * and the samples of tasks and sessions that other signals read.
 */
import type { ValueSignal } from './signal';

const context = (kind: string, label: string): ValueSignal => ({
  kind,
  label,
  lambda: 0,
  axis: 'context',
  family: 'context',
});

export const CONTEXT: readonly ValueSignal[] = [
  context('asn', 'Network operator (ASN)'),
  context('access_path', 'Access path'),
  context('label', "Provider's label"),
  context('task_item', 'Sampled task'),
  context('session', 'Sampled session'),
];
