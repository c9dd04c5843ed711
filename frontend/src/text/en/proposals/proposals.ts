// Lists of proposals, and the desk of those who coordinate.

import { plural } from "../../format";

export const proposals = {
  title: "Proposals",
  lead: "Ideas for new communities, from a first thought to a first session.",
  propose: "Propose a community",
  calls: "Would you come?",
  noCalls: "No call is open now. When one is, you find it here, and in your inbox.",
  mine: "Yours",
  noMine: "You stand behind no proposal. An idea and ten minutes are enough to begin.",
  others: "On their way",
  more: "Show more",
  network: "Network",
  by: (name: string, parent: string) => `Proposed by ${name}, for ${parent}.`,
  since: (day: string) => `Since ${day}.`,
  goOn: "Go on writing",
} as const;

export const desk = {
  title: "Coordinator’s desk",
  lead: "What waits, for whom, and for how long. What has waited longest comes first.",
  groups: {
    coordinator: "Waiting for you and your fellow coordinators",
    lead: "Waiting for a lead",
    members: "Waiting for the network",
    proposer: "Waiting for a proposer",
    nobody: "Waiting for nobody",
  } as Record<string, string>,
  stood: (days: number) =>
    plural(days, { zero: "Since today", one: "For one day", other: "For # days" }),
  empty: {
    title: "Nothing waits",
    text: "When somebody hands in a proposal that you coordinate, you find it here.",
    all: "See all proposals",
  },
  more: "Show what has waited less long",
  requests: (count: number) =>
    plural(count, { one: "One person asks to join", other: "# people ask to join" }),
  requestsTitle: "People who ask to join",
  answerThem: (community: string) => `Answer them at ${community}`,
} as const;

export const homeIdeas = {
  title: "Ideas for new communities",
  calls: "Would you come?",
  call: (day: string) => `The call is open until ${day}.`,
  draft: "Your draft. Nobody else sees it yet.",
  goOn: (name: string) => `Go on with “${name}”`,
  desk: "See what waits on your desk",
} as const;
