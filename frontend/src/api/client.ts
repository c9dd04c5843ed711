// A thin door to the API: addresses, queries, bodies and answers are typed by the contract.

import type { components, paths } from "./schema";

type Method = "get" | "post" | "put" | "patch" | "delete";
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: object } ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O } ? O : never;

type PathOf<O> = O extends { parameters: { path: infer T extends object } } ? { path: T } : object;
type QueryOf<O> = O extends { parameters: { query?: infer T } } ? { query?: T } : object;
type BodyOf<O> = O extends { requestBody: { content: { "application/json": infer T } } }
  ? { body: T }
  : O extends { requestBody?: { content: { "application/json": infer T } } }
    ? { body?: T }
    : object;
type Ask<O> = PathOf<O> & QueryOf<O> & BodyOf<O> & { match?: number; signal?: AbortSignal };
type Asked<O> = object extends Ask<O> ? [ask?: Ask<O>] : [ask: Ask<O>];

type Json<R> = R extends { content: { "application/json": infer T } } ? T : undefined;
type Answer<O> = O extends { responses: infer R }
  ? { [S in keyof R]: S extends 200 | 201 | 202 | 204 ? Json<R[S]> : never }[keyof R]
  : never;

type Said = components["schemas"]["ProblemBody"];
export type Problem = Pick<Said, "type" | "title" | "status"> & Partial<Said>;
export type Schemas = components["schemas"];

/** The API said no, or could not be reached (status 0). */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Where the API lives: set when the pages are served apart from it, empty when they are served by it. */
const base = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="trellis-api"]')?.content.replace(/\/+$/, "") ?? "";

type Loose = { path?: object; query?: object; body?: unknown; match?: number; signal?: AbortSignal };

export function addressOf(template: string, path: object = {}, query: object = {}): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((path as Record<string, unknown>)[name])),
  );
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) asked.append(name, String(one));
    }
  }
  return base() + filled + (asked.size ? `?${asked}` : "");
}

async function send(method: Method, template: string, ask: Loose = {}): Promise<unknown> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (ask.body !== undefined) headers["content-type"] = "application/json";
  if (ask.match !== undefined) headers["if-match"] = `"${ask.match}"`;
  // The key makes a POST safe to repeat when its answer was lost on the way.
  if (method === "post") headers["idempotency-key"] = crypto.randomUUID();
  const request: RequestInit = { method: method.toUpperCase(), headers, credentials: "include" };
  if (ask.body !== undefined) request.body = JSON.stringify(ask.body);
  if (ask.signal) request.signal = ask.signal;

  const address = addressOf(template, ask.path, ask.query);
  const response = await reach(address, request, method === "get" || method === "post");
  if (response.ok) return response.status === 204 ? undefined : ((await response.json()) as unknown);
  throw new Refusal(await problemOf(response));
}

/** Ask once, and once more if the line broke and asking twice does no harm. */
async function reach(address: string, request: RequestInit, again: boolean): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    if (!again || !navigator.onLine) throw new Refusal({ type: "offline", title: "offline", status: 0 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    return reach(address, request, false);
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const unknown: Problem = { type: "about:blank", title: response.statusText, status: response.status };
  if (!response.headers.get("content-type")?.includes("json")) return unknown;
  return response.json().then(
    (body: Partial<Problem>) => ({ ...unknown, ...body, status: response.status }),
    () => unknown,
  );
}

const caller =
  <M extends Method>(method: M) =>
  <P extends PathsWith<M>>(path: P, ...[ask]: Asked<Operation<P, M>>): Promise<Answer<Operation<P, M>>> =>
    send(method, path, ask as Loose) as Promise<Answer<Operation<P, M>>>;

/** api.get("/v1/communities/{community_id}", { path: { community_id } }) */
export const api = {
  get: caller("get"),
  post: caller("post"),
  put: caller("put"),
  patch: caller("patch"),
  delete: caller("delete"),
};
