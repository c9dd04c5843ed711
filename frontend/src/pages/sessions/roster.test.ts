import { expect, it } from "vitest";
import type { Schemas } from "../../api/client";
import { expected, fits, rosterOf } from "./roster";

type Line = Schemas["RegisterLine"];
const line = (name: string, more: Partial<Line> = {}): Line => ({
  session_id: "s",
  person_id: name,
  name,
  answer: null,
  place: null,
  status: null,
  minutes: null,
  mode: null,
  reason: null,
  source: null,
  recorded_by_id: null,
  recorded_at: null,
  ...more,
});

it("puts those who said yes first, and people nobody expected before those who said no", () => {
  const roster = rosterOf([
    line("Cy", { answer: "no" }),
    line("Bo", { answer: "yes", status: "attended" }),
    line("Eve", { status: "walk_in" }),
    line("Asha", { answer: "yes" }),
    line("Di", { answer: "maybe" }),
  ]);
  expect(roster.map(({ name }) => name)).toEqual(["Asha", "Bo", "Di", "Eve", "Cy"]);
  expect(roster[1]?.mark).toEqual({ status: "attended", minutes: null });
});

it("shows who waits for a place, and marks nobody by itself", () => {
  expect(rosterOf([line("Asha", { answer: "yes", place: "waitlisted" })])[0]).toMatchObject({
    waits: true,
    mark: null,
  });
});

it("keeps members who did not answer apart, until somebody looks for them by name", () => {
  const [asha, sian] = rosterOf([line("Asha", { answer: "maybe" }), line("Siân Probert")]);
  expect([asha, sian].map((entry) => entry && expected(entry))).toEqual([true, false]);
  expect(fits("Siân Probert", " sian")).toBe(true);
  expect(fits("Siân Probert", "bert p")).toBe(false);
});
