// The geometry of ties: people in a ring, grouped, with threads across the middle between those who met.

export type Bead = { id: string; letters: string; group: string };
export type Thread = { from: string; to: string };

export type Wreath = {
  width: number;
  height: number;
  beads: { bead: Bead; x: number; y: number; tied: boolean }[];
  /** How large a bead may be without touching its neighbours. */
  size: number;
  /** One path for all threads inside a group, one for all that reach across. */
  inside: string;
  across: string;
  counts: { inside: number; across: number };
  labels: { text: string; x: number; y: number; side: "start" | "middle" | "end" }[];
};

const SIZE = { width: 820, height: 640 };
const CENTRE = { x: SIZE.width / 2, y: SIZE.height / 2 };
const RADIUS = 236;
const GAP = 1;

const tidy = (value: number): number => Math.round(value * 10) / 10;

/** Lay out a wreath; groups keep the order of their first bead, and every group is one arc. */
export function wreath(beads: readonly Bead[], threads: readonly Thread[]): Wreath {
  const groups = [...new Set(beads.map(({ group }) => group))];
  const slots = beads.length + groups.length * GAP;
  const turn = (slot: number): number => (2 * Math.PI * slot) / Math.max(slots, 1) - Math.PI * 0.75;
  const at = (angle: number, radius: number) => ({
    x: tidy(CENTRE.x + radius * Math.cos(angle)),
    y: tidy(CENTRE.y + radius * Math.sin(angle)),
  });

  const angles = new Map<string, { angle: number; group: string }>();
  const labels: Wreath["labels"] = [];
  let slot = 0;
  for (const group of groups) {
    const members = beads.filter((bead) => bead.group === group);
    members.forEach(({ id }, index) => angles.set(id, { angle: turn(slot + index), group }));
    const middle = turn(slot + (members.length - 1) / 2);
    labels.push({ text: group, ...at(middle, RADIUS + 26), side: sideOf(middle) });
    slot += members.length + GAP;
  }

  const tied = new Set<string>();
  const counts = { inside: 0, across: 0 };
  const paths = { inside: "", across: "" };
  for (const { from, to } of threads) {
    const [a, b] = [angles.get(from), angles.get(to)];
    if (!a || !b) continue;
    tied.add(from).add(to);
    const kind = a.group === b.group ? "inside" : "across";
    counts[kind] += 1;
    paths[kind] += thread(a.angle, b.angle, at);
  }
  const drawn = beads.flatMap((bead) => {
    const place = angles.get(bead.id);
    return place ? [{ bead, ...at(place.angle, RADIUS), tied: tied.has(bead.id) }] : [];
  });
  const size = Math.min(12, tidy((Math.PI * RADIUS) / Math.max(slots, 1)) - 1);
  return { ...SIZE, beads: drawn, size, ...paths, counts, labels };
}

/** A thread bends towards the middle, the more the further apart its ends are. */
function thread(
  a: number,
  b: number,
  at: (angle: number, radius: number) => { x: number; y: number },
): string {
  const apart = Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));
  const start = at(a, RADIUS - 13);
  const end = at(b, RADIUS - 13);
  const middle = Math.atan2(Math.sin(a) + Math.sin(b), Math.cos(a) + Math.cos(b));
  const bend = at(middle, RADIUS * 0.82 * Math.cos(Math.min(apart, Math.PI) / 2));
  return `M${start.x} ${start.y}Q${bend.x} ${bend.y} ${end.x} ${end.y}`;
}

const sideOf = (angle: number): "start" | "middle" | "end" => {
  const across = Math.cos(angle);
  return across > 0.35 ? "start" : across < -0.35 ? "end" : "middle";
};
