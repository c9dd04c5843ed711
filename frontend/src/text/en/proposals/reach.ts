// Whom a call reached; for coordinators.

import { plural } from "../../format";

export const reach = {
  title: "Who was asked, and who answered",
  text: (reached: number, answered: number, interested: number) =>
    `${plural(reached, { one: "One person was asked", other: "# people were asked" })}, ${plural(answered, { zero: "nobody answered", one: "one answered", other: "# answered" })}, ${plural(interested, { zero: "and nobody said yes.", one: "and one said yes.", other: "and # said yes." })}`,
  caption: "By organisation",
  organisation: "Organisation",
  none: "No organisation",
  asked: "Asked",
  answered: "Answered",
  yes: "Said yes",
  names: "Who answered",
  only: "Only coordinators see these names.",
  nobody: "Nobody has answered yet.",
  notForThem: "Not for them",
} as const;
