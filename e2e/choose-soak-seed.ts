/** Points of `npm run test:soak` are drawn from WEIR_SOAK_SEED; the seed that was printed draws the same again. */
export default function setup(): void {
  process.env.WEIR_SOAK_SEED ??= String(Math.floor(Math.random() * 1e9));
  console.log(`WEIR_SOAK_SEED=${process.env.WEIR_SOAK_SEED}`);
}
