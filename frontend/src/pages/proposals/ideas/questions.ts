// The questions of a proposal, one a page: their order, and which of them still want an answer.

import type { Schemas } from "../../../api/client";

export const questions = [
  "name",
  "place",
  "purpose",
  "domain",
  "audience",
  "why_now",
  "people",
  "review",
] as const;
export type Question = (typeof questions)[number];

type Draft = Pick<
  Schemas["ProposalRead"],
  "name" | "topics" | "purpose" | "domain" | "audience" | "why_now" | "proposed_lead_id" | "co_supporters"
>;

/** An address may name anything; what is no question is the first one. */
export const questionOf = (name: string | undefined): Question =>
  questions.find((question) => question === name) ?? "name";

export const numberOf = (question: Question): number => questions.indexOf(question) + 1;
export const after = (question: Question): Question => questions[numberOf(question)] ?? "review";
export const before = (question: Question): Question | undefined => questions[numberOf(question) - 2];

const answered: Record<Question, (draft: Draft) => boolean> = {
  name: ({ name }) => Boolean(name),
  place: ({ topics }) => topics.length > 0,
  purpose: ({ purpose }) => Boolean(purpose),
  domain: ({ domain }) => Boolean(domain),
  audience: ({ audience }) => Boolean(audience),
  why_now: ({ why_now }) => Boolean(why_now),
  people: ({ proposed_lead_id, co_supporters }) => Boolean(proposed_lead_id) && co_supporters.length > 0,
  review: () => false,
};

/** Where somebody who comes back goes on: the first question without an answer. */
export const firstOpen = (draft: Draft): Question =>
  questions.find((question) => !answered[question](draft)) ?? "review";

/** Which question a guard of handing in is about, so that its advice can lead there. */
export const questionBehind: Record<string, Question> = {
  purpose: "purpose",
  domain: "domain",
  audience: "audience",
  why_now: "why_now",
  proposed_lead: "people",
  co_supporter: "people",
};

type Node = Pick<Schemas["TreeNode"], "id" | "name" | "parent_id" | "depth" | "status">;

/** Where a community may stand: the network, every umbrella in it, and where this one stands already. */
export function umbrellasIn(nodes: readonly Node[], chosen: string | undefined): Node[] {
  const above = new Set(nodes.map(({ parent_id }) => parent_id));
  return nodes.filter(
    ({ id, depth, status }) =>
      id === chosen || (status === "active" && depth < 4 && (depth === 1 || above.has(id))),
  );
}
