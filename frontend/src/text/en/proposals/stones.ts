// The seven stones on the way of a proposal.

import { plural } from "../../format";

const opinionsSaid = (counts: Record<string, number>): string => {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${plural(all, { zero: "Nobody asked", one: "One answer", other: "# answers" })}, ${plural(counts["yes"] ?? 0, { zero: "no yes", one: "one yes", other: "# times yes" })}`;
};

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
  opinions: opinionsSaid,
  saidYes: (people: number) => plural(people, { one: "One said yes", other: "# said yes" }),
  agreed: "Lead and sponsor agreed",
  dateSet: "A first date is set",
  were: (count: number) => plural(count, { one: "One was there", other: "# were there" }),
  done: "Done",
} as const;
