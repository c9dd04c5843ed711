// Finding a date for the first session.

import { plural } from "../../format";

export const polls = {
  title: "When should the first session be?",
  text: (day: string) => `Say which dates suit you, until ${day}. Everyone sees how many, nobody sees who.`,
  span: (from: string, to: string) => `${from} to ${to}`,
  clock: (zone: string) => `By the clock of ${zone}.`,
  yours: (words: string) => `For you: ${words}`,
  suits: { yes: "Yes", if_need_be: "If need be", no: "No" } as Record<string, string>,
  legend: (when: string) => `Does ${when} suit you?`,
  counts: (yes: number, bend: number, no: number) =>
    [
      plural(yes, { zero: "Nobody yet", one: "One yes", other: "# yes" }),
      plural(bend, { zero: "", one: "one if need be", other: "# if need be" }),
      plural(no, { zero: "", one: "one no", other: "# no" }),
    ]
      .filter(Boolean)
      .join(", "),
  best: "Suits most",
  chosen: "Chosen",
  answered: (voters: number, asked: number) =>
    `${plural(voters, { zero: "Nobody", one: "One", other: "#" })} of ${plural(asked, { one: "one person", other: "# people" })} answered.`,
  saved: "Your answer is kept.",
  over: "Answers are no longer taken.",
  waits: "The lead chooses one of the dates now.",
  session: "See the first session",
  ask: {
    title: "Ask which dates suit",
    text: "Offer two to twelve dates. Those who would come say which ones suit, then you choose.",
    option: (number: number) => `Date ${number}`,
    day: "Day",
    at: "Starts at",
    another: "Offer one more date",
    minutes: "How long, in minutes",
    closes: "They can answer until",
    closesHint: "It must be before the first date you offer.",
    send: "Ask them",
    open: "Ask again, with other dates",
  },
  decide: {
    title: "Choose the date",
    which: "Which date?",
    name: "Title of the session",
    first: "First session",
    mode: "How you meet",
    location: "Where",
    joiningUrl: "Link to join online",
    joiningUrlHint: "Only people with a place see it. It begins with https://",
    decide: "Plan the first session",
    text: "It is put into the programme at once. You are named as its facilitator; you can change that there.",
  },
} as const;
