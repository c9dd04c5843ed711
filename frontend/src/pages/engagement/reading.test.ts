import { describe, expect, it } from "vitest";
import { comparable, differ, likely, pointOf, scaleOf, written, type Value } from "./reading";

const value = (more: Partial<Value> = {}): Value => ({
  metric_id: "active_rate",
  version: 1,
  value: 39.58,
  unit: "percent",
  numerator: 38,
  denominator: 96,
  ci95: [30.4, 49.6],
  n: null,
  from: "2026-10-01T00:00:00Z",
  to: "2026-11-01T00:00:00Z",
  timezone: "UTC",
  status: "ok",
  parts: [],
  ...more,
});

describe("a value in words", () => {
  it("is written in its unit", () => {
    expect(written(39.58, "percent")).toBe("40%");
    expect(written(1204, "people")).toBe("1,204");
    expect(written(0.46209, "index")).toBe("0.46");
    expect(written(0.8, "index")).toBe("0.80");
  });

  it("says how sure it is, with the sign once", () => {
    expect(likely(value())).toBe("Likely between 30 and 50%.");
    expect(likely(value({ ci95: null }))).toBeNull();
  });

  it("knows the scale it is read on", () => {
    expect(scaleOf(value())).toEqual([0, 100]);
    expect(scaleOf(value({ metric_id: "cross_team_ties", unit: "index" }))).toEqual([-1, 1]);
    expect(scaleOf(value({ metric_id: "members", unit: "people" }))).toBeNull();
  });
});

describe("a month of a line", () => {
  it("carries its value, interval and row", () => {
    expect(pointOf(value())).toMatchObject({
      value: 39.58,
      low: 30.4,
      hidden: false,
      tick: "Oct",
      name: "October 2026",
      cells: { value: "40%", range: "30% to 50%", counts: "38 of 96" },
    });
  });

  it("is a hatched gap when it is withheld, and an empty one when there was nothing", () => {
    const withheld = pointOf(value({ value: null, ci95: null, numerator: null, status: "suppressed" }));
    expect(withheld).toMatchObject({
      value: null,
      hidden: true,
      cells: { value: "Not shown", range: "", counts: "" },
    });
    expect(pointOf(value({ value: null, ci95: null, status: "no_data" }))).toMatchObject({
      value: null,
      hidden: false,
    });
  });

  it("may be compared with another where both have an interval", () => {
    expect(differ(pointOf(value()), pointOf(value({ ci95: [55, 70] })))).toBe(true);
    expect(differ(pointOf(value()), pointOf(value({ ci95: [45, 70] })))).toBe(false);
    expect(differ(pointOf(value()), pointOf(value({ ci95: null })))).toBeNull();
  });

  it("is compared only with months of which something is known", () => {
    const nothing = value({ value: 0, numerator: 0 });
    const withheld = value({ value: null, status: "suppressed" });
    const later = [value(), nothing];
    expect(comparable([nothing, withheld, nothing, ...later])).toEqual(later.map(pointOf));
    expect(comparable([{ ...nothing, metric_id: "rsvp_conversion" }, ...later])).toHaveLength(3);
    expect(comparable([nothing, nothing])).toEqual([]);
  });
});
