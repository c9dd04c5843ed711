import { describe, expect, it } from "vitest";
import type { Step } from "../way";
import { happened } from "./happened";

const told = (from: string, to: string, evidence: Record<string, unknown> = {}, reason = "") => {
  const step: Step = { from, to, at: "2026-11-01T09:00:00Z", reason, actor_name: "Cora", evidence };
  const { title, words } = happened(step, "Europe/London");
  return [title, ...words].join(" | ");
};

describe("what has happened to a proposal", () => {
  it("is told with what was known then", () => {
    expect(told("draft", "submitted", { co_supporters: 1, candidates: [{}, {}] })).toBe(
      "Handed in | One colleague supports it. | 2 similar communities had been seen.",
    );
    expect(told("submitted", "scoping", { decision: "different_enough" }, "Nothing meets at night.")).toBe(
      "Different enough | “Nothing meets at night.”",
    );
    expect(
      told("interest_call", "interest_met", {
        counts: { people: 9, organisations: 2, co_leads: 1 },
        threshold: { people: 8 },
      }),
    ).toBe(
      "Enough would come | 9 people said yes, from 2 organisations. One would share the lead. It needed 8.",
    );
  });

  it("says no more than the reader was told", () => {
    expect(told("draft", "submitted")).toBe("Handed in");
    expect(told("submitted", "scoping")).toBe("Taken further");
    expect(told("submitted", "rejected")).toBe("Not taken up");
  });

  it("names what exists already", () => {
    const known = { targets: [{ name: "Night nurses" }], introduced: true };
    expect(told("submitted", "referred", known)).toBe(
      "It exists already | “Night nurses” does this. | Both sides were introduced to each other.",
    );
  });

  it("tells a second round, an appeal and a revival by their own names", () => {
    expect(told("interest_not_met", "interest_call")).toBe("Asked once more");
    expect(told("rejected", "scoping", {}, "You read the old text.")).toBe(
      "A second look was asked for | “You read the old text.”",
    );
    expect(told("expired", "planning")).toBe("Brought back");
  });

  it("says why it was not taken up", () => {
    expect(told("submitted", "rejected", { code: "too_vague" }, "Please say for whom.")).toBe(
      "Not taken up | It does not say enough yet. | “Please say for whom.”",
    );
  });

  it("names what the interested were offered instead", () => {
    expect(told("interest_call", "interest_not_met", { counts: {}, related: [{ name: "Night nurses" }] })).toBe(
      "Too few said yes this time | Nobody said yes. | Those who said yes were told of “Night nurses”.",
    );
  });
});
