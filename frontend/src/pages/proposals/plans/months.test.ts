import { describe, expect, it } from "vitest";
import { daysLeft, phasesOf, standingOf } from "./months";

const due = (id: string, phase: string, month: number, due_on: string, done_on: string | null = null) => ({
  id,
  phase,
  month,
  due_on,
  done_on,
});

describe("a plan by month", () => {
  it("has its phases in the order they begin, and the months in each", () => {
    const phases = phasesOf([
      due("a", "Design", 0, "2026-12-01"),
      due("b", "Design", 0, "2026-12-01"),
      due("c", "First months", 1, "2027-01-01"),
      due("d", "Design", 2, "2027-02-01"),
    ]);
    expect(
      phases.map(({ name, months }) => [
        name,
        ...months.map(({ month, milestones }) => `${month}: ${milestones.map(({ id }) => id).join()}`),
      ]),
    ).toEqual([
      ["Design", "0: a,b", "2: d"],
      ["First months", "1: c"],
    ]);
  });

  it("says what is late, what comes soon, and what is done", () => {
    const today = "2026-11-22";
    expect(standingOf(due("a", "", 0, "2026-11-21"), today)).toBe("late");
    expect(standingOf(due("a", "", 0, "2026-11-21", "2026-11-20"), today)).toBe("done");
    expect(standingOf(due("a", "", 0, "2026-11-22"), today)).toBe("soon");
    expect(standingOf(due("a", "", 0, "2027-01-31"), today)).toBe("later");
    expect(daysLeft("2026-10-25", "2026-10-26")).toBe(-1);
  });
});
