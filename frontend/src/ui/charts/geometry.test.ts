import { describe, expect, it } from "vitest";
import { niceTop, plot, stretches, type Point } from "./plot";
import { arc, sunflower } from "./sunflower";
import { grow, wrap, type Plant } from "./trellis";
import { wreath } from "./wreath";

const known = (value: number, low: number | null = null, high: number | null = null): Point => ({
  value,
  low,
  high,
  hidden: false,
});
const hidden: Point = { value: null, low: null, high: null, hidden: true };
const nothing: Point = { ...hidden, hidden: false };

describe("a line over time", () => {
  it("breaks where a value is missing, and never falls to zero", () => {
    const points = [known(1), known(2), hidden, known(3), nothing, known(4)];
    expect(stretches(points)).toEqual([[0, 1], [3], [5]]);
    const drawn = plot(points, 4);
    expect(drawn.lines).toHaveLength(1);
    expect(drawn.dots.match(/h0/g)).toHaveLength(4);
    expect(drawn.dots).not.toContain(" 100h0");
  });

  it("hatches what is withheld, not what does not exist", () => {
    expect(plot([known(1), nothing], 4).gaps).toBe("");
    expect(plot([known(1), hidden], 4).gaps).toContain("M");
  });

  it("draws the interval only where there is one", () => {
    const drawn = plot([known(0.5, 0.4, 0.6), known(0.5, 0.4, 0.6), known(0.5), known(0.5, 0.3, 0.7)], 1);
    expect(drawn.bands).toHaveLength(2);
    expect(drawn.bands[0]).toBe("M12.5 40L37.5 40L37.5 60L12.5 60Z");
  });

  it("puts the first and the last point half a step from the edge", () => {
    expect(plot([known(0), known(100)], 100).lines).toEqual(["M25 100L75 0"]);
  });

  it("survives having no points", () => {
    expect(plot([], 1)).toEqual({ lines: [], bands: [], dots: "", gaps: "" });
  });

  it("may run below zero", () => {
    expect(plot([known(-1), known(1)], 1, -1).lines).toEqual(["M25 100L75 0"]);
  });

  it("ends its upright at a round number", () => {
    expect(niceTop([93, 12])).toBe(100);
    expect(niceTop([0.31])).toBe(0.4);
    expect(niceTop([17])).toBe(20);
    expect(niceTop([100])).toBe(100);
    expect(niceTop([])).toBe(1);
  });
});

describe("rings of participation", () => {
  it("hold one dot for each person, the core innermost", () => {
    const rings = sunflower([10, 16, 39, 21], 150);
    expect(rings.groups.map((group) => group.length)).toEqual([10, 16, 39, 21]);
    expect(rings.radii).toEqual([51.1, 82.5, 130.4, 150]);
    const furthest = (group: { x: number; y: number }[]) =>
      Math.max(...group.map(({ x, y }) => Math.hypot(x, y)));
    expect(furthest(rings.groups[0] ?? [])).toBeLessThan(51.2);
  });

  it("let one dot stand for several people when there are many, and lose no group", () => {
    const rings = sunflower([3, 5000, 20000, 0], 150);
    expect(rings.each).toBe(42);
    expect(rings.groups[0]).toHaveLength(1);
    expect(rings.groups[3]).toHaveLength(0);
  });

  it("stand newcomers side by side at the top", () => {
    const seeds = arc(3, 100);
    expect(seeds[1]).toEqual({ x: 0, y: -100 });
    expect(seeds[0]?.x).toBe(-(seeds[2]?.x ?? 0));
  });
});

describe("the trellis", () => {
  const plant = (id: string, rung: number): Plant => ({
    id,
    name: id,
    rung,
    size: 0.5,
    growth: "leaf",
    mine: false,
  });

  it("places a leaf higher the further along it is", () => {
    const drawn = grow([{ id: "s", name: "Stem", plants: [plant("young", 0), plant("old", 4)] }], 5);
    const [young, old] = drawn.leaves;
    expect(old?.label.y).toBeLessThan(young?.label.y ?? 0);
  });

  it("never puts two leaves on the same spot", () => {
    const plants = Array.from({ length: 7 }, (_, index) => plant(`p${index}`, 2));
    const drawn = grow([{ id: "s", name: "Stem", plants }], 5);
    const spots = new Set(drawn.leaves.map(({ label }) => `${label.x} ${label.y}`));
    expect(spots.size).toBe(7);
    expect(drawn.slats).toHaveLength(4 + 4);
  });

  it("stands on an empty network too", () => {
    expect(grow([], 5).leaves).toEqual([]);
  });

  it("breaks long names into lines", () => {
    expect(wrap("Education mental health practitioners", 17, 3)).toEqual([
      "Education mental",
      "health",
      "practitioners",
    ]);
    expect(wrap("One two three four five six seven", 5, 2)).toEqual(["One", "two…"]);
  });
});

describe("the wreath of ties", () => {
  const bead = (id: string, group: string) => ({ id, letters: id.toUpperCase(), group });
  const beads = [bead("a", "North"), bead("b", "North"), bead("c", "South"), bead("d", "South")];

  it("tells threads inside a group from those across", () => {
    const drawn = wreath(beads, [
      { from: "a", to: "b" },
      { from: "a", to: "c" },
      { from: "b", to: "c" },
    ]);
    expect(drawn.counts).toEqual({ inside: 1, across: 2 });
    expect(drawn.inside.match(/M/g)).toHaveLength(1);
    expect(drawn.across.match(/M/g)).toHaveLength(2);
  });

  it("marks who has no tie, and ignores threads to people who are not there", () => {
    const drawn = wreath(beads, [
      { from: "a", to: "b" },
      { from: "a", to: "stranger" },
    ]);
    expect(drawn.beads.filter(({ tied }) => !tied).map(({ bead: { id } }) => id)).toEqual(["c", "d"]);
    expect(drawn.counts).toEqual({ inside: 1, across: 0 });
  });

  it("gives every bead its own place, also one alone and none at all", () => {
    const many = Array.from({ length: 60 }, (_, index) => bead(`p${index}`, `g${index % 7}`));
    const spots = new Set(wreath(many, []).beads.map(({ x, y }) => `${x} ${y}`));
    expect(spots.size).toBe(60);
    expect(wreath([bead("a", "North")], []).beads).toHaveLength(1);
    expect(wreath([], []).beads).toEqual([]);
  });
});
