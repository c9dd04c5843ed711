import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addressOf, api, Refusal } from "./client";

type Call = { url: string; init: RequestInit & { headers: Record<string, string> } };
const calls: Call[] = [];
let answers: (() => Response | Error)[] = [];

const json =
  (body: unknown, status = 200, type = "application/json") =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
const brokenLine = () => new TypeError("network");

beforeEach(() => {
  calls.length = 0;
  answers = [];
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async (url: string, init: Call["init"]) => {
    calls.push({ url, init });
    const answer = answers.shift()?.();
    if (!answer || answer instanceof Error) throw answer ?? new Error("no answer prepared");
    return answer;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  document.head.innerHTML = "";
});

describe("an address", () => {
  it("fills the path, escapes it, and leaves out what was not asked", () => {
    expect(
      addressOf(
        "/v1/sessions/{session_id}",
        { session_id: "a/b" },
        { q: "x y", cursor: undefined, ids: ["m", "n"] },
      ),
    ).toBe("/v1/sessions/a%2Fb?q=x+y&ids=m&ids=n");
  });

  it("leads to another host when the pages are deployed apart", () => {
    document.head.innerHTML = '<meta name="trellis-api" content="https://api.example.org/">';
    expect(addressOf("/v1/me")).toBe("https://api.example.org/v1/me");
  });
});

describe("a request", () => {
  it("carries the cookie, and a new key with every POST", async () => {
    answers = [json({}, 201), json({}, 201)];
    await api.post("/v1/sign-ins", { body: { email: "a@example.org", password: "x" } });
    await api.post("/v1/sign-ins", { body: { email: "a@example.org", password: "x" } });
    const keys = calls.map(({ init }) => init.headers["idempotency-key"]);
    expect(calls[0]?.init.credentials).toBe("include");
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it("names the version it changes", async () => {
    answers = [json({})];
    await api.patch("/v1/me", { body: { name: "Nia" }, match: 3 });
    expect(calls[0]?.init.headers["if-match"]).toBe('"3"');
  });

  it("gives nothing back when there is nothing", async () => {
    answers = [() => new Response(null, { status: 204 })];
    expect(await api.delete("/v1/sign-ins/current")).toBeUndefined();
  });
});

describe("a broken line", () => {
  it("is tried again once, with the same key, so that nothing happens twice", async () => {
    answers = [brokenLine, json({}, 201)];
    const sent = api.post("/v1/sign-ins", { body: { email: "a@example.org", password: "x" } });
    await vi.advanceTimersByTimeAsync(1000);
    await sent;
    expect(calls).toHaveLength(2);
    expect(calls[0]?.init.headers["idempotency-key"]).toBe(calls[1]?.init.headers["idempotency-key"]);
  });

  it("is not tried again for a change that names a version, because it may have happened", async () => {
    answers = [brokenLine];
    await expect(api.patch("/v1/me", { body: {}, match: 1 })).rejects.toMatchObject({ status: 0 });
    expect(calls).toHaveLength(1);
  });
});

describe("a refusal", () => {
  it("carries the problem of the API", async () => {
    const problem = {
      type: "/problems/invalid",
      title: "No",
      status: 422,
      errors: [{ at: "body/name", detail: "too long" }],
    };
    answers = [json(problem, 422, "application/problem+json")];
    const error = await api.get("/v1/me").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).problem.errors).toEqual(problem.errors);
  });

  it("survives an answer that is no problem at all, such as a proxy's page", async () => {
    answers = [
      () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "content-type": "text/html" } }),
    ];
    await expect(api.get("/v1/me")).rejects.toMatchObject({ status: 502 });
    answers = [() => new Response("{", { status: 500, headers: { "content-type": "application/json" } })];
    await expect(api.get("/v1/me")).rejects.toMatchObject({ status: 500 });
  });
});
