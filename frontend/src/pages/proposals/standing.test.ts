import { describe, expect, it } from "vitest";
import { byParty, daysStood } from "./standing";

describe("what waits on a desk", () => {
  it("has stood as many days as the calendar says", () => {
    const now = new Date("2026-11-22T08:00:00Z");
    expect(daysStood("2026-11-22T00:30:00Z", "Europe/London", now)).toBe(0);
    expect(daysStood("2026-11-21T23:30:00Z", "Europe/London", now)).toBe(1);
    expect(daysStood("2026-10-23T12:00:00Z", "Europe/London", now)).toBe(30);
    // A clock that is a little ahead is no reason to say something odd.
    expect(daysStood("2026-11-23T08:00:00Z", "Europe/London", now)).toBe(0);
  });

  it("is grouped by who must act, the reader first, and keeps its order", () => {
    const item = (id: number, waiting_on: string) => ({ id, waiting_on, state_since: "" });
    const groups = byParty([item(1, "members"), item(2, "coordinator"), item(3, "members"), item(4, "board")]);
    expect(groups.map(({ party, items }) => [party, ...items.map(({ id }) => id)])).toEqual([
      ["coordinator", 2],
      ["members", 1, 3],
      ["board", 4],
    ]);
  });
});
