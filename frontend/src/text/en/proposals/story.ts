// What has happened to a proposal, step by step.

import { list, number, plural } from "../../format";

const counts = (found: Record<string, number>, asked?: Record<string, number>): string => {
  const people = found["people"] ?? 0;
  const places = found["organisations"] ?? 0;
  const leads = found["co_leads"] ?? 0;
  const said = plural(people, { zero: "Nobody said yes", one: "One person said yes", other: "# people said yes" });
  const from = people
    ? plural(places, { zero: "", one: ", from one organisation", other: ", from # organisations" })
    : "";
  const led = leads ? plural(leads, { one: ". One would share the lead", other: ". # would share the lead" }) : "";
  const needed = asked?.["people"] ? ` It needed ${number(asked["people"])}.` : "";
  return `${said}${from}${led}.${needed}`;
};

export const story = {
  title: "What has happened",
  nothing: "Nothing yet. It is a draft.",
  by: (name: string) => `By ${name}.`,
  itself: "By itself, when its time came.",
  steps: {
    submitted: "Handed in",
    referred: "It exists already",
    scoping: "Taken further",
    no_duplicate: "Nothing like it exists",
    different_enough: "Different enough",
    working_group: "It becomes a working group",
    sub_network: "It becomes part of a community",
    appealed: "A second look was asked for",
    interest_call: "Interest call opened",
    again: "Asked once more",
    interest_met: "Enough would come",
    interest_not_met: "Too few said yes this time",
    planning: "Planning began",
    scheduled: "The first session is set",
    launched: "It has begun",
    rejected: "Not taken up",
    withdrawn: "Withdrawn",
    expired: "Lay still for too long",
    revived: "Brought back",
  },
  seen: (count: number) =>
    plural(count, {
      zero: "Nothing similar was found.",
      one: "One similar community had been seen.",
      other: "# similar communities had been seen.",
    }),
  supported: (count: number) =>
    plural(count, { zero: "", one: "One colleague supports it.", other: "# colleagues support it." }),
  reached: (people: number) =>
    plural(people, { one: "It reached one person.", other: "It reached # people." }),
  sounded: (answers: number) =>
    plural(answers, { zero: "", one: "One colleague had been sounded out.", other: "# colleagues had been sounded out." }),
  closes: (day: string) => `It closes on ${day}.`,
  counts,
  exists: (names: string[]) =>
    plural(names.length, { one: `${list(names)} does this.`, other: `${list(names)} do this.` }),
  instead: (names: string[]) => `Those who said yes were told of ${list(names)}.`,
  template: {
    light: "With the light plan, to a first session soon.",
    full: "With the full plan, over two years.",
  } as Record<string, string>,
  starts: (day: string) => `It begins on ${day}.`,
  told: (people: number) => plural(people, { zero: "", one: "One person was told.", other: "# people were told." }),
  present: (people: number) => plural(people, { one: "One person was there.", other: "# people were there." }),
  invited: (people: number) =>
    plural(people, { zero: "", one: "One founder was invited.", other: "# founders were invited." }),
  introduced: "Both sides were introduced to each other.",
  session: "See the first session",
  quote: (words: string) => `“${words}”`,
} as const;
