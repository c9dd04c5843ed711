import { describe, expect, it } from "vitest";
import { agendaTimes, phaseOf, spanIn, yourTime } from "./moments";

const session = {
  starts_at: "2026-11-26T12:30:00Z",
  ends_at: "2026-11-26T13:30:00Z",
  timezone: "Europe/London",
};
const now = new Date("2026-11-22T09:00:00Z");

describe("when a session is", () => {
  it("is told by its own clock", () => {
    expect(spanIn(session, session.timezone, now)).toBe("12:30 to 13:30");
    const night = { ...session, ends_at: "2026-11-27T01:00:00Z" };
    expect(spanIn(night, session.timezone, now)).toBe("12:30 to Friday 27 November, 01:00");
  });

  it("is told by the reader's clock only where that differs", () => {
    expect(yourTime(session, "Europe/London", now)).toBeUndefined();
    expect(yourTime(session, "Europe/Lisbon", now)).toBeUndefined();
    expect(yourTime(session, "Europe/Madrid", now)).toBe("For you that is 13:30 to 14:30 (Europe/Madrid).");
    expect(yourTime(session, "Pacific/Auckland", now)).toBe(
      "For you that is Friday 27 November, 01:30 to 02:30 (Pacific/Auckland).",
    );
  });

  it("is ahead, on or over", () => {
    expect(phaseOf(session, now)).toBe("ahead");
    expect(phaseOf(session, new Date("2026-11-26T12:30:00Z"))).toBe("on");
    expect(phaseOf(session, new Date("2026-11-26T13:30:00Z"))).toBe("over");
  });
});

describe("an agenda", () => {
  it("has a time for each point as far as the minutes are known", () => {
    const times = agendaTimes(
      [{ minutes: 5 }, { minutes: 20 }, { minutes: null }, { minutes: 10 }],
      session.starts_at,
    );
    expect(times).toEqual([
      "2026-11-26T12:30:00.000Z",
      "2026-11-26T12:35:00.000Z",
      "2026-11-26T12:55:00.000Z",
      null,
    ]);
  });
});
