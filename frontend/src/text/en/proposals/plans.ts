// The plan of a community, month by month.

import { number, plural } from "../../format";

export const plans = {
  title: (community: string) => `Plan of ${community}`,
  tab: (community: string) => `Plan – ${community}`,
  lead: (done: number, all: number) =>
    `${plural(done, { zero: "Nothing", one: "One", other: "#" })} of ${plural(all, { one: "one milestone", other: "# milestones" })} is done.`,
  overdue: (count: number) =>
    plural(count, { zero: "", one: "One should have been done by now.", other: "# should have been done by now." }),
  begins: (day: string) => `It begins on ${day}.`,
  month: (offset: number, name: string) => `${name}, month ${number(offset)}`,
  due: (day: string) => `By ${day}`,
  late: (days: number) =>
    plural(days, { one: "It was due yesterday.", other: "It was due # days ago." }),
  soon: (days: number) =>
    plural(days, { zero: "It is due today.", one: "It is due tomorrow.", other: "It is due in # days." }),
  doneOn: (day: string) => `Done on ${day}`,
  done: "It is done",
  doneOf: (title: string) => `It is done: ${title}`,
  notDone: "Not done after all",
  notDoneOf: (title: string) => `Not done after all: ${title}`,
  said: (title: string) => `“${title}” is done.`,
  taken: (title: string) => `“${title}” is open again.`,
  none: {
    title: "There is no plan yet",
    text: "A plan says what this community means to have done by when. A template makes a first one, and everything in it can be changed.",
    member: "Those who lead it can make one.",
  },
  template: "Which plan?",
  templates: {
    light: "Light: a first session within six weeks, then the first six months",
    full: "Full: over two years, with partners and funders",
  } as Record<string, string>,
  starts: "Its first day",
  make: "Make the plan",
  shift: {
    open: "Let it begin on another day",
    text: "What is done stays where it was. Everything else moves along.",
    save: "Move the plan",
    done: "The plan is moved.",
  },
  add: {
    open: "Add a milestone",
    title: "What should be done?",
    phase: "Phase",
    phaseHint: "A new name makes a new phase.",
    month: "In which month of the plan?",
    monthHint: "0 is the first month.",
    save: "Add it",
    done: (title: string) => `“${title}” is added.`,
  },
  back: "Back to the community",
} as const;
