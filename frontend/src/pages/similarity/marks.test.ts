import { describe, expect, it } from "vitest";
import { marked } from "./marks";

const shown = (sentence: string, shared: string[]) =>
  marked(sentence, shared)
    .map(({ text, shared: both }) => (both ? `[${text}]` : text))
    .join("");

describe("shared words", () => {
  it("are marked where the sentence says them", () => {
    expect(shown("Shares the topic “night work”.", ["night work"])).toBe("Shares the topic “[night work]”.");
  });

  it("are found whatever their case, the longest first", () => {
    expect(shown("Both speak of “Night work” and “work”.", ["work", "night work"])).toBe(
      "Both speak of “[Night work]” and “[work]”.",
    );
  });

  it("are whole words, and plain text", () => {
    expect(shown("A restless (C++) team", ["rest", "(C++)"])).toBe("A restless [(C++)] team");
    expect(shown("Nothing shared", [""])).toBe("Nothing shared");
  });
});
