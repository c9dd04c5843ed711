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

type Metric = { question: string; sentence: (counts: Counts, to: string) => string };

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
        : `${plural(joined, { one: "# joined", other: "# joined" })} and ${number(left)} left.`,
  },
  organisation_reach: {
    question: "Which organisations are here?",
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
    sentence: () => "From 0, where everybody gives the same, to 1, where one person gives everything.",
  },
  rsvp_conversion: {
    question: "Who says yes, and comes?",
    sentence: (counts) => of(counts, (x) => `${x} who said yes came.`, "Of those who said yes."),
  },
  no_show_rate: {
    question: "Who says yes, and stays away?",
    sentence: (counts) => of(counts, (x) => `${x} who said yes did not come.`, "Of those who said yes."),
  },
  fill_rate: {
    question: "Are our rooms the right size?",
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
    lively: (share: string) => `${share} of its people took part in these weeks.`,
    unknown: "Too little is known about these weeks to say.",
    withheld: "Too few people belong to it to show numbers about these weeks without showing persons.",
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
      `${plural(core, { zero: "Nobody is", one: "One person is", other: "# people are" })} the core, ${plural(active, { one: "one is", other: "# are" })} active, and ${plural(edge, { one: "one comes or reads", other: "# come or read" })} now and then.`,
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
  ties: {
    title: "Who meets whom?",
    rule: (shared: number, size: string) =>
      `Two people are tied when they shared at least ${plural(shared, { one: "one session", other: "# sessions" })} of at most ${size} people.`,
    across: (external: string, all: string) => `${external} of ${all} ties reach across organisations.`,
    chance: (expected: string) => `By chance alone the index would be about ${expected}.`,
    alone: (count: number) =>
      plural(count, {
        zero: "Everybody who came has met somebody.",
        one: "One person came and has no tie yet.",
        other: "# people came and have no tie yet.",
      }),
    aloneNames: (names: string[]) =>
      `${list(names)} came and ${names.length === 1 ? "has" : "have"} no tie yet.`,
    leadsOnly: "You see names because you lead this community. This picture is never exported.",
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
    acrossColumn: "Across",
  },
} as const;
