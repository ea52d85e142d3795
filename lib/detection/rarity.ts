/**
 * Weight of an indicator in [0, λ]: λ·ln(N/df)/ln N. A value held by one of N has λ, one held by all has 0.
 * For points and suppression; the graph's own edge weight is `edgeWeight` in link-graph.ts.
 * @throws RangeError when df is not in 1..N. After FRAUDAR's column weights (Hooi 2016) and idf.
 */
export function rarity(lambda: number, df: number, population: number): number {
  if (!(df >= 1 && df <= population)) throw new RangeError(`df ${df} is not in 1..${population}`);
  return population === 1 ? lambda : (lambda * Math.log(population / df)) / Math.log(population);
}
