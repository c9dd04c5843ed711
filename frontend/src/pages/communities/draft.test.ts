import { describe, expect, it } from "vitest";
import { changesIn, theirs, wordsIn, type Draft } from "./draft";

const base: Draft = {
  name: "Peer support workers",
  purpose: "Safe work",
  domain: "",
  practice: "",
  audience: "All",
  region: "",
  topics: "trust, pay",
  languages: "en",
  stage: "maturing",
  cadence: "monthly",
  mode: "online",
  visibility: "open",
  join_policy: "open",
};
const form = (written: Partial<Draft>): FormData => {
  const fields = new FormData();
  for (const [name, value] of Object.entries({ ...base, ...written })) fields.set(name, value);
  return fields;
};

describe("a charter being edited", () => {
  it("sends only what was changed", () => {
    expect(changesIn(form({}), base)).toEqual({});
    expect(changesIn(form({ purpose: "Fair work ", stage: "stewardship" }), base)).toEqual({
      purpose: "Fair work",
      stage: "stewardship",
    });
  });

  it("sends words as a list, each once", () => {
    expect(changesIn(form({ topics: "trust, pay, pay, , sleep" }), base)).toEqual({
      topics: ["trust", "pay", "sleep"],
    });
    expect(wordsIn("")).toEqual([]);
  });

  it("may empty a field", () => {
    expect(changesIn(form({ audience: "" }), base)).toEqual({ audience: "" });
  });

  it("does not take the line ends of a form for a change", () => {
    const two = { ...base, practice: "one\ntwo" };
    expect(changesIn(form({ practice: "one\r\ntwo" }), two)).toEqual({});
  });

  it("tells what somebody else changed", () => {
    expect(theirs(base, { ...base, name: "Peers", topics: "trust" })).toEqual([
      { field: "name", value: "Peers" },
      { field: "topics", value: "trust" },
    ]);
  });
});
