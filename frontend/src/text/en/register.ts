// The register of a session.

import { number, plural } from "../format";

export const register = {
  kicker: "For you and the others who run this session",
  title: "Register",
  code: "People can check in themselves. The code is",

  marks: { attended: "Here", partial: "Part", no_show: "Not here" } as Record<string, string>,
  minutes: (name: string) => `Minutes of ${name}`,
  minutesLabel: "Minutes",
  minutesWrong: "Write the minutes as a number from 0 to 1,440.",
  walkIn: "Walked in",
  self: "Checked in with the code",
  said: { yes: "Said yes", maybe: "Said maybe", no: "Said no", none: "Did not answer" } as Record<
    string,
    string
  >,
  waiting: "On the waiting list",
  add: "Add someone who walked in",
  addLabel: "Name",
  addHint: "Look for a person by name, then mark them.",
  find: "Find",
  addOf: (name: string) => `${name} is here`,
  added: (name: string) => `${name} is in the register, as walked in.`,
  notFound: "Nobody of that name.",
  known: "Everybody of that name is in the register already.",
  note: "Nobody is marked “not here” unless you say so. Each mark saves itself and can be changed.",
  others: (count: number) =>
    plural(count, { one: "One member who did not answer", other: "# members who did not answer" }),
  filter: "Find a name",
  later: "The register opens when the session starts.",
  away: {
    title: "No signal in this room",
    text: (count: number) =>
      `Carry on. ${plural(count, { one: "One mark is", other: "# marks are" })} kept on this device and sent when you are back.`,
    again: "Try now",
  },
  refused: (name: string, why: string) => `${name} could not be marked. ${why}`,
  present: (here: number, marked: number, over: boolean) =>
    `${plural(
      here,
      over
        ? { zero: "Nobody is marked as there", one: "One person was there", other: "# people were there" }
        : { zero: "Nobody is here yet", one: "One person is here", other: "# people are here" },
    )}${marked > here ? `, ${number(marked - here)} not` : ""}.`,
} as const;
