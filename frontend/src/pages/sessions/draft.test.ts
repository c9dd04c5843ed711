import { describe, expect, it } from "vitest";
import { agendaIn, agendaText, changedFrom, sessionIn, type Planned } from "./draft";

describe("an agenda in a form", () => {
  it("begins each line with its minutes, which may be left out", () => {
    const agenda = [
      { title: "Welcome", minutes: 5 },
      { title: "Three situations, in pairs", minutes: 20 },
      { title: "Close", minutes: null },
    ];
    const text = "5 Welcome\n20 Three situations, in pairs\nClose";
    expect(agendaIn(`${text}\n\n`)).toEqual(agenda);
    expect(agendaText(agenda)).toBe(text);
  });

  it("does not take a bare number for minutes of nothing", () => {
    expect(agendaIn("2026")).toEqual([{ title: "2026", minutes: null }]);
  });
});

describe("a session form", () => {
  const fields = new FormData();
  for (const [name, value] of Object.entries({
    title: " Saying no kindly ",
    kind: "workshop",
    mode: "hybrid",
    access: "members",
    date: "2026-07-02",
    from: "12:30",
    to: "13:30",
    location: "Room 2",
    joining_url: "",
    capacity: "20",
    online_capacity: "",
    agenda: "5 Welcome",
    description: "",
  }))
    fields.set(name, value);
  fields.append("function_tags", "support");
  const planned = sessionIn(fields, "Europe/London");

  it("names moments by the clock of the session", () => {
    expect(planned).toMatchObject({
      title: "Saying no kindly",
      starts_at: "2026-07-02T11:30:00Z",
      ends_at: "2026-07-02T12:30:00Z",
    });
    expect(planned).toMatchObject({
      capacity: 20,
      online_capacity: null,
      joining_url: null,
      function_tags: ["support"],
    });
  });

  it("sends only what was changed, and takes two spellings of a moment for one", () => {
    const before: Planned = { ...planned, starts_at: "2026-07-02T11:30:00.000Z" };
    expect(changedFrom(before, planned)).toEqual({});
    expect(changedFrom(before, { ...planned, location: "Room 3", agenda: [] })).toEqual({
      location: "Room 3",
      agenda: [],
    });
  });
});
