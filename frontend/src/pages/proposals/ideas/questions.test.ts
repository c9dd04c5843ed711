import { describe, expect, it } from "vitest";
import { after, before, firstOpen, numberOf, questionOf, questions } from "./questions";

const whole = {
  name: "Night staff reflecting together",
  topics: ["debriefing"],
  purpose: "Talk about hard shifts",
  domain: "Debriefing",
  audience: "Ward staff",
  why_now: "Three incidents",
  proposed_lead_id: "nia",
  co_supporters: ["beth"],
};

describe("the questions of a proposal", () => {
  it("follow each other, one a page", () => {
    expect(after("name")).toBe("place");
    expect(before("place")).toBe("name");
    expect(before("name")).toBeUndefined();
    expect(after("review")).toBe("review");
    expect(numberOf("review")).toBe(questions.length);
  });

  it("begin at the first one when an address names none", () => {
    expect(questionOf(undefined)).toBe("name");
    expect(questionOf("everything")).toBe("name");
    expect(questionOf("purpose")).toBe("purpose");
  });

  it("go on where an answer is missing", () => {
    expect(firstOpen({ ...whole, purpose: "" })).toBe("purpose");
    expect(firstOpen({ ...whole, co_supporters: [] })).toBe("people");
    expect(firstOpen(whole)).toBe("review");
  });
});
