// The geometry of the network as a trellis: a stem for each branch, a leaf for each community,
// the higher the further along in its life.

export type Growth = "leaf" | "bud";

export type Plant = { id: string; name: string; rung: number; size: number; growth: Growth; mine: boolean };

export type Stem = { id: string | null; name: string; plants: Plant[] };

export type Leaf = {
  plant: Plant;
  twig: string;
  path: string;
  label: { x: number; y: number; lines: string[]; side: "left" | "right" };
};

export type Trellis = {
  width: number;
  height: number;
  slats: { y: number; rung: number | null }[];
  stems: { stem: Stem; x: number; path: string; label: { x: number; y: number; width: number } }[];
  leaves: Leaf[];
  root: { x: number; y: number };
};

const MARGIN = 150;
const SPAN = 234;
const USUAL_STEMS = 4;
const ROW = 94;
const TOP = 78;

/** Lay out stems over a number of rungs; rung 0 is the lowest. */
export function grow(stems: readonly Stem[], rungs: number): Trellis {
  const rows = Array.from({ length: rungs }, (_, rung) =>
    Math.max(
      1,
      ...stems.map((stem) => Math.ceil(stem.plants.filter((plant) => plant.rung === rung).length / 2)),
    ),
  );
  const total = rows.reduce((sum, count) => sum + count, 0);
  const foot = TOP + total * ROW - 18;
  const rowY = (rung: number, row: number): number => {
    const below = rows.slice(0, rung).reduce((sum, count) => sum + count, 0) + row;
    return TOP + (total - 1 - below) * ROW;
  };
  // Few stems stand further apart, so that the picture keeps its width and its letters their size.
  const span = Math.max(SPAN, (SPAN * USUAL_STEMS) / Math.max(stems.length, 1));
  const width = MARGIN + Math.max(stems.length, USUAL_STEMS) * SPAN + 30;
  const root = { x: MARGIN + (width - MARGIN - 30) / 2, y: foot + 66 };

  const slats = rows.flatMap((count, rung) =>
    Array.from({ length: count }, (_, row) => ({
      y: rowY(rung, row),
      rung: row === count - 1 ? rung : null,
    })),
  );
  const leaves: Leaf[] = [];
  const drawn = stems.map((stem, place) => {
    const x = MARGIN + span / 2 + place * span;
    const used = new Map<number, number>();
    let highest = foot;
    // Leaves alternate; the first of every second rung grows to the left, so that the stem stays in balance.
    for (const plant of stem.plants) {
      const nth = used.get(plant.rung) ?? 0;
      used.set(plant.rung, nth + 1);
      const y = rowY(plant.rung, Math.floor(nth / 2));
      highest = Math.min(highest, y);
      leaves.push(leaf(plant, x, y, (nth + plant.rung + place) % 2 ? "left" : "right"));
    }
    const label = { x, y: foot + 5, width: Math.round(stem.name.length * 6.9 + 28) };
    return { stem, x, path: climb(root, x, foot, highest), label };
  });
  return { width, height: root.y + 26, slats, stems: drawn, leaves, root };
}

/** A stem: out of the root, then winding up to the highest twig it carries. */
function climb(root: { x: number; y: number }, x: number, foot: number, highest: number): string {
  let path = `M${root.x} ${root.y}C${root.x} ${root.y - 40} ${x} ${foot + 50} ${x} ${foot}`;
  if (highest >= foot) return path;
  let side = 9;
  let y = foot;
  while (y > highest + 16) {
    const next = Math.max(y - ROW / 2, highest + 15);
    const third = (y - next) / 3;
    path += `C${x + side} ${tidy(y - third)} ${x + side} ${tidy(next + third)} ${x} ${tidy(next)}`;
    side = -side;
    y = next;
  }
  return `${path}Q${x + side * 0.6} ${tidy(y - 3)} ${x + 2} ${tidy(y - 17)}`;
}

/** One leaf on its twig, with its name below. */
function leaf(plant: Plant, x: number, y: number, side: "left" | "right"): Leaf {
  const way = side === "right" ? 1 : -1;
  const at = { x: x + 30 * way, y: y - 5 };
  const k = 0.56 + 0.44 * Math.min(Math.max(plant.size, 0), 1);
  const p = (across: number, down: number): string =>
    `${tidy(at.x + across * k * way)} ${tidy(at.y + down * k)}`;
  return {
    plant,
    twig: `M${x} ${y + 16}C${x + 6 * way} ${y + 4} ${x + 14 * way} ${y - 3} ${at.x} ${at.y}`,
    path: `M${at.x} ${at.y}C${p(20.3, 10.4)} ${p(38.5, -3.8)} ${p(41.5, -28)}C${p(17.9, -34.3)} ${p(-2.1, -22.7)} ${at.x} ${at.y}Z`,
    label: { x: x + 18 * way, y: y + 19, lines: wrap(plant.name, 15, 3), side },
  };
}

/** Break a name into lines of about `width` letters; what does not fit in `most` lines ends in an ellipsis. */
export function wrap(name: string, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of name.split(/\s+/u)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1] ?? ""}…`];
}

const tidy = (value: number): number => Math.round(value * 10) / 10;
