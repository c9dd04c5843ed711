// Numbers in words: the question first, then what was counted, and how sure we are.

import { list, number, plural } from "../format";

/** The counts behind a value; null where they are withheld. */
export type Counts = {
  value: number;
  numerator: number | null;
  denominator: number | null;
  n: number | null;
  parts: Record<string, number | null>;
};

type Metric = {
  question: string;
  sentence: (counts: Counts, to: string) => string;
  /** Why there may be nothing to count. */
  nothing?: string;
};

const of = (counts: Counts, words: (of: string) => string, otherwise = ""): string =>
  counts.numerator === null || counts.denominator === null
    ? otherwise
    : words(`${number(counts.numerator)} of ${number(counts.denominator)}`);

export const metrics: Record<string, Metric> = {
  members: {
    question: "How big are we?",
    sentence: ({ value }, to) =>
      `${plural(value, { one: "member", other: "members" }).replace(/^\d.* /, "")} on ${to}.`,
  },
  net_growth: {
    question: "Do we grow?",
    sentence: ({ parts: { joined, left } }) =>
      joined == null || left == null
        ? "Members who joined, less those who left."
        : `${plural(joined, { zero: "Nobody", other: "#" })} joined, and ${plural(left, { zero: "nobody", other: "#" })} left.`,
  },
  organisation_reach: {
    question: "Which organisations are here?",
    nothing: "Nobody has written down yet which organisations it hopes to reach.",
    sentence: (counts) =>
      of(
        counts,
        (x) => `${x} organisations we hope to reach have somebody here.`,
        "Of the organisations we hope to reach.",
      ),
  },
  active_members: {
    question: "How many take part?",
    sentence: ({ value }) =>
      `${plural(value, { one: "person", other: "people" })} came to a session or gave something.`,
  },
  active_rate: {
    question: "Who really takes part?",
    sentence: (counts) =>
      of(
        counts,
        (x) => `${x} people came to a session or gave something.`,
        "People who came to a session or gave something.",
      ),
  },
  participation_gini: {
    question: "Does everyone carry it?",
    nothing: "Nobody gave anything in this time, or nothing was recorded.",
    sentence: () => "From 0, where everybody gives the same, to 1, where one person gives everything.",
  },
  rsvp_conversion: {
    question: "Who says yes, and comes?",
    nothing: "No session with a register had anybody who said yes.",
    sentence: (counts) => of(counts, (x) => `${x} who said yes came.`, "Of those who said yes."),
  },
  no_show_rate: {
    question: "Who says yes, and stays away?",
    nothing: "No session with a register had anybody who said yes.",
    sentence: (counts) => of(counts, (x) => `${x} who said yes did not come.`, "Of those who said yes."),
  },
  fill_rate: {
    question: "Are our rooms the right size?",
    nothing: "No session that took place had a limit.",
    sentence: (counts) => of(counts, (x) => `${x} places were taken.`, "Places that were taken."),
  },
  network_density: {
    question: "How many of us know each other?",
    sentence: () => "From 0, where nobody does, to 1, where everybody knows everybody.",
  },
  cross_team_ties: {
    question: "Do ties reach across organisations?",
    sentence: () => "From −1, where all ties stay inside one organisation, to 1, where all reach across.",
  },
};

export const insight = {
  title: "How is the community doing?",
  tab: (community: string) => `Insight: ${community}`,
  kicker: (community: string) => `Insight · ${community}`,
  choice: {
    title: "Insight",
    lead: "A few numbers for each community, with the question they answer.",
    none: "Numbers are for those who belong to a community. You do not belong to one yet.",
    find: "Find a community",
  },
  lead: {
    lively: (share: string) => `${share} of its people took part in this time.`,
    unknown: "Too little is known about this time to say.",
    withheld: "Too few people belong to it to show numbers about this time without showing persons.",
  },
  window: {
    label: "Which time?",
    lengths: { 1: "One month", 3: "Three months", 6: "Six months", 12: "A year" } as Record<number, string>,
    other: "Other days",
    from: "First day",
    to: "Last day",
    show: "Show these days",
    order: "The last day comes before the first. Turn them round.",
  },
  numbers: "Four numbers",
  further: "Growing, meeting, sharing",
  span: (from: string, to: string, zone: string) => `${from} to ${to}, by the calendar of ${zone}.`,
  asOf: (moment: string) => `As known on ${moment}.`,
  beneath: "With every community beneath it; each person is counted once.",
  likely: (low: string, high: string) => `Likely between ${low} and ${high}.`,
  exact: "A count, so it has no interval.",
  about: (n: string) => `It rests on ${n} people.`,
  noData: "Nothing to count",
  noDataText: "In this time there is nothing this number could be made from.",
  hidden: "Not shown",
  hiddenText: "Fewer than eight people stand behind it, so it is left out to protect them.",
  rounded: "Counts are rounded so that nobody can be recognised.",
  what: "What this counts",
  version: (version: number) => `version ${number(version)}.`,
  mix: {
    question: "Is there a core, and room at the edge?",
    sentence: (core: number, active: number, edge: number) =>
      `${plural(core, { zero: "Nobody is", one: "One person is", other: "# people are" })} the core, ${plural(active, { zero: "nobody is", one: "one is", other: "# are" })} active, and ${plural(edge, { zero: "nobody comes or reads", one: "one comes or reads", other: "# come or read" })} now and then.`,
    hidden: "Some of the rings have too few people to show, so the picture is left out.",
    published: "Published communities: about 10 to 15% core and 15 to 20% active.",
    title: "Members in four rings, one dot for each person",
    desc: (rings: { name: string; people: string }[]) =>
      `${list(rings.map(({ name, people }) => `${name}: ${people}`))}.`,
    caption: "Members by how much they took part",
    ring: "Ring",
    people: "People",
    share: "Share",
  },
  trend: {
    title: "How does it change?",
    choose: "Show",
    desc: (name: string, first: string, last: string) => `${name} Twelve months: from ${first} to ${last}.`,
    sentence: (last: string, month: string, first: string, before: string) =>
      `In ${month} it was ${last}. In ${before} it was ${first}.`,
    same: (value: string, month: string, before: string) =>
      `In ${month} it was ${value}, the same as in ${before}.`,
    chance: "The likely ranges overlap, so the change may be chance.",
    clear: "The likely ranges do not overlap, so the change is unlikely to be chance.",
    gaps: (months: string[]) =>
      `${list(months)} ${months.length === 1 ? "is" : "are"} left out: too few people.`,
    none: "There is not enough to draw a line yet.",
    month: "Month",
    value: "Value",
    range: "Likely range",
    counts: "Counts",
    of: (numerator: string, denominator: string) => `${numerator} of ${denominator}`,
    ends: (low: string, high: string) => `${low} to ${high}`,
  },
} as const;
