/** Exchanges a day, oldest first: shape only, from zero. Grey before the release, ink from it on; the line is the release. */
export function Sparkline({
  values,
  releaseAt,
  width = 68,
  height = 24,
  stretch = false,
}: {
  values: number[];
  /** Index into values of a model's release, or null. */
  releaseAt: number | null;
  width?: number;
  height?: number;
  /** Fills the box that a style gives it. */
  stretch?: boolean;
}) {
  const step = width / Math.max(values.length, 1);
  const bar = Math.max(0.8, step * 0.69);
  const most = Math.max(...values, 1);
  const split = releaseAt ?? values.length;
  const path = (from: number, to: number) =>
    values
      .slice(from, to)
      .map((value, index) => {
        const x = ((from + index) * step).toFixed(2);
        // A day with any traffic at all stays visible.
        const tall = value === 0 ? 0 : Math.max(1, Math.round((value / most) * (height - 4)));
        return tall === 0 ? '' : `M${x} ${height}v-${tall}h${bar.toFixed(2)}v${tall}z`;
      })
      .join('');
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={stretch ? 'none' : undefined}
      className="spark"
      aria-hidden="true"
    >
      <path d={path(0, split)} fill="var(--ink-2)" />
      <path d={path(split, values.length)} fill="var(--ink)" />
      {releaseAt !== null && (
        <path
          d={`M${(releaseAt * step - 0.7).toFixed(2)} 0v${height}`}
          stroke="var(--accent)"
          strokeWidth="1"
        />
      )}
    </svg>
  );
}
