import { beforeEach, describe, expect, it } from "vitest";
import { openRegister, shelf, type Mark, type Outcome } from "./register";

const here: Mark = { status: "attended", minutes: null };
const part: Mark = { status: "partial", minutes: 20 };

beforeEach(() => localStorage.clear());

describe("the register", () => {
  it("sends a mark at once and keeps nothing behind", async () => {
    const sent: [string, Mark][] = [];
    const register = openRegister(
      shelf("s", "lead"),
      async (person, mark) => (sent.push([person, mark]), "done"),
    );
    await register.mark("asha", here);
    expect(sent).toEqual([["asha", here]]);
    expect(register.waiting.value).toEqual({});
    expect(localStorage.length).toBe(0);
  });

  it("keeps marks on the device while there is no signal, and sends them when there is", async () => {
    let line: Outcome = "later";
    const sent: string[] = [];
    const register = openRegister(shelf("s", "lead"), async (person) => (sent.push(person), line));
    await register.mark("asha", here);
    await register.mark("bo", part);
    expect(register.away.value).toBe(true);
    expect(Object.keys(register.waiting.value)).toEqual(["asha", "bo"]);

    line = "done";
    sent.length = 0;
    await register.flush();
    expect(sent).toEqual(["asha", "bo"]);
    expect(register.away.value).toBe(false);
  });

  it("survives a closed tab", async () => {
    await openRegister(shelf("s", "lead"), async () => "later").mark("asha", here);
    const sent: string[] = [];
    const reopened = openRegister(shelf("s", "lead"), async (person) => (sent.push(person), "done"));
    expect(reopened.waiting.value).toEqual({ asha: here });
    await reopened.flush();
    expect(sent).toEqual(["asha"]);
  });

  it("sends only the last of two quick marks for the same person", async () => {
    const sent: Mark[] = [];
    let release = (_: Outcome): void => undefined;
    const register = openRegister(shelf("s", "lead"), (_, mark) => {
      sent.push(mark);
      return new Promise((resolve) => (release = resolve));
    });
    const first = register.mark("asha", here);
    void register.mark("asha", part);
    release("done");
    await Promise.resolve();
    await Promise.resolve();
    release("done");
    await first;
    expect(sent).toEqual([here, part]);
    expect(register.waiting.value).toEqual({});
  });

  it("says why a mark was not accepted, and goes on with the others", async () => {
    const register = openRegister(shelf("s", "lead"), async (person) =>
      person === "asha" ? { refused: "She has left." } : "done",
    );
    await register.mark("asha", here);
    await register.mark("bo", here);
    expect(register.refused.value).toEqual({ asha: "She has left." });
    expect(register.waiting.value).toEqual({});
  });

  it("does not send the marks of somebody else who used this device", async () => {
    await openRegister(shelf("s", "lead"), async () => "later").mark("asha", here);
    expect(openRegister(shelf("s", "other"), async () => "done").waiting.value).toEqual({});
  });

  it("opens even when the device holds nonsense", () => {
    localStorage.setItem("register:lead:s", "{");
    expect(openRegister(shelf("s", "lead"), async () => "done").waiting.value).toEqual({});
  });
});
