// Who met whom.

import { list, number, plural } from "../format";

export const ties = {
  title: "Who meets whom?",
  rule: (shared: number, size: string) =>
    `Two people are tied when they shared at least ${plural(shared, { one: "one session", other: "# sessions" })} of at most ${size} people.`,
  across: (external: string, all: string) => `${external} of ${all} ties reach across organisations.`,
  alone: (count: number) =>
    plural(count, { one: "One person has no tie yet.", other: "# people have no tie yet." }),
  aloneNames: (names: string[]) => `${list(names)} ${names.length === 1 ? "has" : "have"} no tie yet.`,
  nobody: "Nobody shared enough sessions in this time to be tied to somebody else.",
  leadsOnly: "You see names because you lead or coordinate this community. This picture is never exported.",
  picture: "Picture of the ties",
  pictureTitle: (people: number) =>
    `${plural(people, { one: "One person", other: "# people" })} in a wreath, grouped by organisation, with threads between those who met`,
  pictureDesc: (across: number, all: number) =>
    `${number(across)} of ${number(all)} threads run from one organisation to another. People without a thread are ringed.`,
  key: { across: "across organisations", inside: "inside one", none: "no tie yet" },
  table: "Everyone as a table",
  person: "Person",
  organisation: "Organisation",
  unknown: "No organisation",
  ties: "Ties",
  anySize: "any number of",
  namesForLeads:
    "Who met whom is shown to those who lead or coordinate the community. Everybody else sees what it adds up to.",
} as const;
