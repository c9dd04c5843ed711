import { describe, expect, it } from "vitest";
import { dayAfter, dayBefore, monthStart, windowOf, yearBefore } from "./windows";

const now = new Date("2026-11-22T09:00:00Z");
const london = "Europe/London";

describe("the window of an insight page", () => {
  it("is the last three whole months, unless the address says otherwise", () => {
    expect(windowOf({}, london, now)).toEqual({ from: "2026-08-01", to: "2026-11-01", months: 3 });
    expect(windowOf({ months: "12" }, london, now)).toEqual({
      from: "2025-11-01",
      to: "2026-11-01",
      months: 12,
    });
  });

  it("ends on the calendar of the community", () => {
    const night = new Date("2026-10-31T23:30:00Z");
    expect(windowOf({}, "Asia/Tokyo", night).to).toBe("2026-11-01");
    expect(windowOf({}, "America/New_York", night).to).toBe("2026-10-01");
  });

  it("holds both days somebody names", () => {
    expect(windowOf({ from: "2026-02-01", to: "2026-02-28" }, london, now)).toEqual({
      from: "2026-02-01",
      to: "2026-03-01",
      months: null,
    });
  });

  it("shrugs at an address that makes no sense", () => {
    for (const query of [
      { months: "7" },
      { months: "x" },
      { from: "2026-02-01" },
      { from: "2026-03-01", to: "2026-02-01" },
      { from: "soon", to: "later" },
    ]) {
      expect(windowOf(query as Record<string, string>, london, now).months).toBe(3);
    }
  });

  it("is drawn as twelve whole months", () => {
    expect(yearBefore({ from: "2026-08-01", to: "2026-11-01", months: 3 })).toEqual({
      from: "2025-11-01",
      to: "2026-11-01",
    });
    expect(yearBefore({ from: "2026-08-01", to: "2026-11-15", months: null })).toEqual({
      from: "2025-12-01",
      to: "2026-12-01",
    });
  });
});

describe("calendar days", () => {
  it("cross months and years", () => {
    expect(monthStart("2026-01-15", -1)).toBe("2025-12-01");
    expect(monthStart("2026-11-15", 2)).toBe("2027-01-01");
    expect(dayAfter("2026-12-31")).toBe("2027-01-01");
    expect(dayBefore("2028-03-01")).toBe("2028-02-29");
  });
});
