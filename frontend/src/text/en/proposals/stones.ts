// The seven stones on the way of a proposal.

import { plural } from "../../format";

export const stones = {
  title: "The way to a first session",
  leads: "Where this leads",
  names: {
    draft: "Your draft",
    look: "First look",
    soundings: "Soundings",
    call: "Interest call",
    decision: "Decision",
    planning: "Planning",
    session: "First session",
  },
  handedIn: "Handed in",
  /** What each stone means to somebody who has not come that far. */
  ahead: {
    draft: "Eight short questions. About ten minutes.",
    look: "A coordinator reads it within five working days.",
    soundings: "A few colleagues say what they think, in private.",
    call: "Three weeks, to the whole network.",
    decision: "Enough people, from two organisations, and a co-lead.",
    planning: "Ground rules, rhythm, first date.",
    session: "From then on it is a community.",
  },
  here: "You are here.",
  waits: (who: string) => `${who} has the next step.`,
  until: (day: string) => `until ${day}`,
  by: (name: string) => `by ${name}`,
  ended: (state: string) => `It ended here: ${state.toLocaleLowerCase()}.`,
  answers: (count: number) => plural(count, { one: "One answer", other: "# answers" }),
  saidYes: (people: number) => plural(people, { one: "One said yes", other: "# said yes" }),
  agreed: "Lead and sponsor agreed",
  dateSet: "A first date is set",
  were: (count: number) => plural(count, { one: "One was there", other: "# were there" }),
  done: "Done",
} as const;
