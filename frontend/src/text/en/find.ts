// Finding a community.

import { list, plural, sentence } from "../format";

export const find = {
  title: "Find a community",
  question: "What would you like to get better at?",
  hint: "We look at names, purposes and topics.",
  search: "Search",
  missing: "Is one missing?",
  propose: "Propose a community",
  proposals: "See what others propose",
  today: "The network today",
  todayText: (communities: number, stems: number) =>
    `${plural(communities, { one: "One community", other: "# communities" })} on ${plural(stems, { one: "one stem", other: "# stems" })}. The higher a leaf, the further along in its life.`,
  picture: "Picture of the network",
  pictureTitle: "The communities of the network on a trellis",
  pictureDesc: (stems: string[]) =>
    `${plural(stems.length, { one: "One stem grows", other: "# stems grow" })} from one root: ${list(stems)}. Each leaf is a community, placed at its stage from taking shape at the foot to changing at the top. The same communities follow as a list.`,
  across: "Across the network",
  key: {
    leaf: "meets; a larger leaf has more members",
    bud: "taking shape",
    bold: "Bold",
    mine: "you belong",
  },
  filters: "Filters",
  stage: "How far along it is",
  anyStage: "Anywhere",
  mine: "Only where I belong",
  show: "Show these",
  clear: "Show all",
  list: "The same, as a list",
  found: "What fits",
  more: "Show more communities",
  nothing: {
    title: "Nothing fits yet",
    text: "Try fewer or other words, or take away a filter.",
  },
  belong: "You belong",
  members: (count: number) => plural(count, { one: "One member", other: "# members" }),
  audience: (audience: string) => sentence(`For: ${audience}`),
  meets: (cadence: string, mode: string) => `${cadence}, ${mode}.`,
  results: (count: number) => plural(count, { one: "One community shown.", other: "# communities shown." }),
} as const;
