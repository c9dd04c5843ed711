import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { me } from "../me";
import { Refusal } from "./client";
import { useList, type List } from "./list";
import { useLoad, type Load } from "./load";

type Settled<T> = { resolve: (value: T) => void; reject: (error: unknown) => void; signal: AbortSignal };

let host: HTMLElement;
beforeEach(() => {
  host = document.createElement("div");
});
afterEach(() => render(null, host));

describe("loading", () => {
  let asked: Settled<string>[] = [];
  let seen: Load<string>;
  function Probe({ id }: { id: string }) {
    seen = useLoad(
      (signal) => new Promise<string>((resolve, reject) => asked.push({ resolve, reject, signal })),
      [id],
    );
    return null;
  }
  const show = (id: string) => act(() => render(<Probe id={id} />, host));
  const settle = (index: number, how: (one: Settled<string>) => void) =>
    act(async () => how(asked[index] as Settled<string>));
  beforeEach(() => {
    asked = [];
  });

  it("waits, then is ready", async () => {
    show("a");
    expect(seen.state).toBe("waiting");
    await settle(0, ({ resolve }) => resolve("A"));
    expect(seen).toMatchObject({ state: "ready", value: "A", fresh: true });
  });

  it("keeps the last value while it loads again, marked as no longer fresh", async () => {
    show("a");
    await settle(0, ({ resolve }) => resolve("A"));
    act(() => seen.again());
    expect(seen).toMatchObject({ state: "ready", value: "A", fresh: false });
    await settle(1, ({ resolve }) => resolve("B"));
    expect(seen).toMatchObject({ value: "B", fresh: true });
  });

  it("never shows an answer that was overtaken by a later question", async () => {
    show("a");
    show("b");
    expect(asked[0]?.signal.aborted).toBe(true);
    await settle(1, ({ resolve }) => resolve("B"));
    await settle(0, ({ resolve }) => resolve("A"));
    expect(seen).toMatchObject({ state: "ready", value: "B" });
  });

  it("is refused with a reason, and asks who is there when nobody is signed in any more", async () => {
    me.value = undefined;
    show("a");
    await settle(0, ({ reject }) => reject(new Refusal({ type: "x", title: "Sign in first", status: 401 })));
    expect(seen).toMatchObject({ state: "refused", refusal: { status: 401 } });
    expect(me.value).toBeNull();
  });
});

describe("a list", () => {
  const pages: Record<string, { items: number[]; next: string | null }> = {
    first: { items: [1, 2], next: "p2" },
    p2: { items: [3], next: null },
    other: { items: [9], next: null },
  };
  let seen: List<number>;
  function Probe({ filter }: { filter: string }) {
    seen = useList(async ({ cursor }) => pages[cursor ?? filter] ?? { items: [], next: null }, [filter]);
    return null;
  }
  const show = async (filter: string): Promise<void> => {
    act(() => render(<Probe filter={filter} />, host));
    // The page answers at once, but still only after the question.
    await act(async () => undefined);
  };

  it("grows at its end until there is no more", async () => {
    await show("first");
    expect(seen).toMatchObject({ value: [1, 2], more: true });
    await act(async () => seen.grow());
    expect(seen).toMatchObject({ value: [1, 2, 3], more: false, growing: false });
  });

  it("starts again with other filters", async () => {
    await show("first");
    await act(async () => seen.grow());
    await show("other");
    expect(seen).toMatchObject({ value: [9], more: false });
  });

  it("does not mix in a page that comes after the filters have changed", async () => {
    await show("first");
    act(() => seen.grow());
    await show("other");
    expect(seen).toMatchObject({ value: [9], more: false });
  });
});
