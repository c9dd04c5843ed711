// Where each person stands in the rings of participation: seeds of a sunflower, from the core outwards.

export type Seed = { x: number; y: number };

export type Rings = {
  /** One list of seeds for each group, in the order given. */
  groups: Seed[][];
  /** The radius that encloses each group together with those inside it. */
  radii: number[];
  /** The size of one dot. */
  dot: number;
  /** How many people one dot stands for. */
  each: number;
};

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const MOST_DOTS = 600;

/** Seeds for groups of people inside a circle of a given radius round the origin. */
export function sunflower(counts: readonly number[], radius: number): Rings {
  const people = counts.reduce((sum, count) => sum + count, 0);
  const each = Math.max(1, Math.ceil(people / MOST_DOTS));
  const dots = counts.map((count) => (count ? Math.max(1, Math.round(count / each)) : 0));
  const all = dots.reduce((sum, count) => sum + count, 0);
  const spacing = radius / Math.sqrt(Math.max(all, 1));

  let placed = 0;
  const radii: number[] = [];
  const groups = dots.map((count) => {
    const seeds = Array.from({ length: count }, () => {
      const away = spacing * Math.sqrt(placed + 0.5);
      const turn = placed * GOLDEN;
      placed += 1;
      return { x: tidy(away * Math.cos(turn)), y: tidy(away * Math.sin(turn)) };
    });
    radii.push(tidy(spacing * Math.sqrt(placed)));
    return seeds;
  });
  return { groups, radii, dot: tidy(Math.min(5.6, spacing * 0.62)), each };
}

/** Newcomers stand outside the rings, side by side on an arc at the top. */
export function arc(count: number, radius: number): Seed[] {
  const apart = Math.min(9, 150 / Math.max(count, 1));
  return Array.from({ length: count }, (_, index) => {
    const turn = ((index - (count - 1) / 2) * apart * Math.PI) / 180;
    return { x: tidy(radius * Math.sin(turn)), y: tidy(-radius * Math.cos(turn)) };
  });
}

const tidy = (value: number): number => Math.round(value * 10) / 10;
