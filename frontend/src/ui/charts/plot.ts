// The geometry of a line over time, in a box of 100 by 100 with the origin at the top.

export type Point = {
  value: number | null;
  low: number | null;
  high: number | null;
  /** Withheld because too few people stand behind it: drawn as a hatched gap, never as zero. */
  hidden: boolean;
};

export type Plot = { lines: string[]; bands: string[]; dots: string; gaps: string };

const round = (value: number): number => Math.round(value * 10) / 10;

/** The smallest of 1, 2, 2.5, 4, 5, 8 or 10 times a power of ten that holds every value. */
export function niceTop(values: number[]): number {
  const most = Math.max(0, ...values.filter(Number.isFinite));
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 2.5, 4, 5, 8, 10].find((factor) => factor * power >= most * 0.9999) ?? 10;
  return Number((step * power).toPrecision(6));
}

/** The consecutive stretches of points that have a value, as lists of their positions. */
export function stretches(points: readonly Point[]): number[][] {
  const found: number[][] = [];
  let current: number[] | null = null;
  points.forEach((point, index) => {
    if (point.value === null) current = null;
    else if (current) current.push(index);
    else found.push((current = [index]));
  });
  return found;
}

/** Slanting strokes, from the foot of the box to its top, in a strip round `x`. */
function hatch(x: number, width: number): string {
  let path = "";
  for (let foot = 100; foot > 8; foot -= 6)
    path += `M${round(x - width / 2)} ${foot}L${round(x + width / 2)} ${foot - 8}`;
  return path;
}

/** The paths of a plot whose upright runs from `bottom` to `top`. */
export function plot(points: readonly Point[], top: number, bottom = 0): Plot {
  const step = 100 / Math.max(points.length, 1);
  const x = (index: number): number => round((index + 0.5) * step);
  const y = (value: number): number =>
    round(100 - (100 * (Math.min(Math.max(value, bottom), top) - bottom)) / (top - bottom));
  const path = (pairs: [number, number][]): string =>
    pairs.map(([across, down], index) => `${index ? "L" : "M"}${across} ${down}`).join("");

  const lines: string[] = [];
  const bands: string[] = [];
  let dots = "";
  for (const stretch of stretches(points)) {
    const drawn = stretch.map((index): [number, number] => [x(index), y(points[index]?.value ?? 0)]);
    if (drawn.length > 1) lines.push(path(drawn));
    dots += drawn.map(([across, down]) => `M${across} ${down}h0`).join("");

    for (const run of withInterval(points, stretch)) {
      // A single month still needs a band one can see.
      const reach = run.length > 1 ? [0] : [-step * 0.12, step * 0.12];
      const edge = (side: "low" | "high"): [number, number][] =>
        run.flatMap((index) =>
          reach.map((aside): [number, number] => [round(x(index) + aside), y(points[index]?.[side] ?? 0)]),
        );
      bands.push(`${path([...edge("high"), ...edge("low").reverse()])}Z`);
    }
  }
  const gaps = points
    .map((point, index) => (point.hidden ? hatch(x(index), Math.min(6.2, step * 0.74)) : ""))
    .join("");
  return { lines, bands, dots, gaps };
}

/** The parts of a stretch in which every point carries an interval. */
function withInterval(points: readonly Point[], stretch: number[]): number[][] {
  const runs: number[][] = [];
  let last = -2;
  for (const index of stretch) {
    const point = points[index];
    if (!point || point.low === null || point.high === null) continue;
    if (index === last + 1) runs.at(-1)?.push(index);
    else runs.push([index]);
    last = index;
  }
  return runs;
}
