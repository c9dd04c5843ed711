import { describe, expect, it } from "vitest";
import {
  clock,
  dayOf,
  dayParts,
  daysUntil,
  fromNow,
  longDay,
  momentOf,
  sameClock,
  shortMonth,
} from "./dates";

const london = "Europe/London";

describe("a moment in a zone", () => {
  it("is told by the clock of that zone, summer and winter", () => {
    expect(clock("2026-11-26T12:30:00Z", london)).toBe("12:30");
    expect(clock("2026-07-26T12:30:00Z", london)).toBe("13:30");
    expect(clock("2026-07-26T23:30:00Z", london)).toBe("00:30");
  });

  it("belongs to the day of that zone", () => {
    expect(dayOf("2026-07-26T23:30:00Z", london)).toBe("2026-07-27");
    expect(dayOf("2026-07-26T23:30:00Z", "America/New_York")).toBe("2026-07-26");
  });

  it("is written with its weekday, and with the year only when it is another year", () => {
    const now = new Date("2026-11-22T08:00:00Z");
    expect(longDay("2026-11-26T12:30:00Z", london, now)).toBe("Thursday 26 November");
    expect(longDay("2027-01-12T12:30:00Z", london, now)).toBe("Tuesday 12 January 2027");
  });

  it("has parts to write large", () => {
    expect(dayParts("2026-11-26T12:30:00Z", london)).toEqual({
      weekday: "Thursday",
      day: "26",
      month: "November",
    });
    expect(shortMonth("2026-09-26T12:30:00Z", london)).toBe("Sep");
  });
});

describe("two zones", () => {
  it("agree in winter and in summer when only their names differ", () => {
    expect(sameClock(london, "Europe/Dublin", "2026-11-26T12:30:00Z")).toBe(true);
    expect(sameClock(london, "Europe/Madrid", "2026-11-26T12:30:00Z")).toBe(false);
  });

  it("may agree in winter only", () => {
    expect(sameClock(london, "Atlantic/Reykjavik", "2026-12-01T12:00:00Z")).toBe(true);
    expect(sameClock(london, "Atlantic/Reykjavik", "2026-07-01T12:00:00Z")).toBe(false);
  });
});

describe("distance from now", () => {
  const now = new Date("2026-11-26T12:21:00Z");

  it("is counted in minutes, hours and calendar days", () => {
    expect(fromNow("2026-11-26T12:30:00Z", london, now)).toBe("in 9 minutes");
    expect(fromNow("2026-11-26T15:21:00Z", london, now)).toBe("in 3 hours");
    expect(fromNow("2026-11-27T09:00:00Z", london, now)).toBe("tomorrow");
    expect(fromNow("2026-11-30T09:00:00Z", london, now)).toBe("in 4 days");
  });

  it("counts days by the calendar, also over a change of the clocks", () => {
    expect(daysUntil("2026-10-26T00:30:00Z", london, new Date("2026-10-24T22:59:00Z"))).toBe(2);
    expect(daysUntil("2026-11-26T23:59:00Z", london, now)).toBe(0);
  });
});

describe("a time on a wall", () => {
  it("names a moment, in summer and in winter", () => {
    expect(momentOf("2026-11-26", "12:30", london)).toBe("2026-11-26T12:30:00Z");
    expect(momentOf("2026-07-26", "12:30", london)).toBe("2026-07-26T11:30:00Z");
    expect(momentOf("2026-07-26", "12:30", "Asia/Kathmandu")).toBe("2026-07-26T06:45:00Z");
  });

  it("reads back as it was written on the day the clocks change", () => {
    for (const time of ["00:30", "03:30", "12:00"]) {
      expect(clock(momentOf("2026-03-29", time, london), london)).toBe(time);
      expect(clock(momentOf("2026-10-25", time, london), london)).toBe(time);
    }
  });
});
