import { expect, test } from 'vitest';
import { sumSparks } from './sum-sparks';

test('adds the days of all clusters, the last day under the last', () => {
  const summed = sumSparks([
    { spark: [1, 2, 3], releaseAt: 1 },
    { spark: [10, 20], releaseAt: 0 },
  ]);
  expect(summed).toEqual({ days: [1, 12, 23], releaseAt: 1, clusters: 2 });
});

test('has no days without clusters', () => {
  expect(sumSparks([])).toEqual({ days: [], releaseAt: null, clusters: 0 });
});
