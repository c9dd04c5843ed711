import { afterEach, describe, expect, it } from "vitest";
import { firstName, initials, list, number, percent, plural, speak } from "./format";

afterEach(() => speak("en-GB"));

describe("counting words", () => {
  it("choose the form of the language", () => {
    const days = { one: "# day", other: "# days" };
    expect(plural(1, days)).toBe("1 day");
    expect(plural(0, days)).toBe("0 days");
    expect(plural(1200, days)).toBe("1,200 days");
    expect(plural(0, { ...days, zero: "not a day" })).toBe("not a day");
  });

  it("know languages with more forms than two", () => {
    speak("cy");
    const dogs = { one: "# ci", two: "# gi", few: "# chi", other: "# ci" };
    expect(plural(2, dogs)).toBe("2 gi");
    expect(plural(3, dogs)).toBe("3 chi");
  });
});

describe("numbers and lists", () => {
  it("follow the language", () => {
    expect(number(12345)).toBe("12,345");
    expect(percent(0.396)).toBe("40%");
    expect(list(["Ann", "Bo", "Cy"])).toBe("Ann, Bo and Cy");
  });

  it("stay as they are when the language is unknown", () => {
    speak("not a language");
    expect(number(12345)).toBe("12,345");
  });
});

describe("names", () => {
  it("shorten to two letters, whatever the script", () => {
    expect(initials("Nia Bevan")).toBe("NB");
    expect(initials("  siân  mair probert ")).toBe("SP");
    expect(initials("Óscar")).toBe("Ó");
    expect(firstName("Nia Bevan")).toBe("Nia");
  });
});
