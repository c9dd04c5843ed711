import { describe, expect, it } from "vitest";
import { stonesOf, type Step } from "./way";

const step = (from: string, to: string, at = "2026-11-01T09:00:00Z"): Step => ({
  from,
  to,
  at,
  reason: "",
  actor_name: "Cora",
  evidence: {},
});
const shown = (steps: Step[]) =>
  stonesOf(steps)
    .map(({ is }) => ({ done: "●", now: "◐", ahead: "○" })[is])
    .join("");

const toCall = [step("draft", "submitted"), step("submitted", "scoping"), step("scoping", "interest_call")];

describe("the way of a proposal", () => {
  it("begins with a draft", () => {
    expect(shown([])).toBe("◐○○○○○○");
  });

  it("puts every stone behind it that was left", () => {
    expect(shown(toCall)).toBe("●●●◐○○○");
    expect(stonesOf(toCall)[1]?.step?.to).toBe("scoping");
  });

  it("goes back to the call for a second round, and then forgets how the first one ended", () => {
    const first = [...toCall, step("interest_call", "interest_not_met", "2026-12-01T09:00:00Z")];
    expect(shown(first)).toBe("●●●●◐○○");

    const again = [...first, step("interest_not_met", "interest_call", "2027-01-05T09:00:00Z")];
    expect(shown(again)).toBe("●●●◐○○○");
    expect(stonesOf(again)[3]?.step).toBeUndefined();
    expect(stonesOf(again)[2]?.step?.at).toBe("2026-11-01T09:00:00Z");
  });

  it("ends where it stood, and goes on from there after an appeal", () => {
    const ended = [step("draft", "submitted"), step("submitted", "rejected")];
    expect(shown(ended)).toBe("●◐○○○○○");
    expect(stonesOf(ended)[1]?.ended).toBe("rejected");

    const heard = [...ended, step("rejected", "scoping")];
    expect(shown(heard)).toBe("●●◐○○○○");
    expect(stonesOf(heard).some(({ ended: end }) => end)).toBe(false);
  });

  it("is whole once it has begun", () => {
    const whole = [
      ...toCall,
      step("interest_call", "interest_met"),
      step("interest_met", "planning"),
      step("planning", "expired"),
      step("expired", "planning"),
      step("planning", "scheduled"),
      step("scheduled", "launched"),
    ];
    expect(shown(whole)).toBe("●●●●●●●");
  });
});
