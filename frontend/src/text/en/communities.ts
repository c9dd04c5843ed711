// Finding a community, and everything a community says about itself.

import { number, plural } from "../format";

export const community = {
  network: "Network",
  join: "Join this community",
  ask: "Ask to join",
  accept: "Accept the invitation",
  decline: "Decline",
  invitedBefore: (day: string) => `You are invited. The invitation holds until ${day}.`,
  policies: {
    open: "Anyone may join. You can be quiet here, and leave whenever you like.",
    on_request: "Those who lead it answer your request. You can be quiet here, and leave whenever you like.",
    by_invitation: "People come in by invitation. Ask someone who leads it.",
  },
  waiting: "You asked to join. Those who lead it will answer.",
  waitlisted:
    "The community is full for now. You are on the waiting list, and get a place when one comes free.",
  waitlistedAt: (position: number) =>
    `The community is full for now. You are number ${number(position)} on the waiting list.`,
  withdraw: "Withdraw my request",
  belong: "You belong to this community.",
  leading: "You lead this community.",
  paused: "You are taking a break. You get no mail, and your place stays yours.",
  pause: "Take a break",
  resume: "Come back",
  leave: "Leave",
  archived: "This community has been put away. It can be read, but not joined.",
  forming: "This community is being prepared.",
  newRules: {
    title: "The ground rules are new",
    text: "Members ask something new of each other. Please read it, and say whether you keep to it.",
    read: "Read the ground rules",
    accept: "I will keep to this",
    done: "Thank you. You accepted the ground rules.",
  },
  done: {
    joined: "Welcome. You belong now.",
    requested: "Your request is sent. Those who lead it will answer.",
    waitlisted: "The community is full for now. You are on the waiting list.",
    withdrawn: "Your request is withdrawn.",
    declined: "You declined the invitation.",
    paused: "You are taking a break.",
    resumed: "Good to have you back.",
    left: "You left this community.",
  },
  next: "Next sessions",
  noSessions: {
    title: "No sessions planned",
    lead: "Most communities start with one date and see who comes. You can move it later.",
    member: "When a date is set, you find it here.",
    plan: "Plan a session",
  },
  moreSessions: "Show later sessions",
  earlier: "Sessions so far",
  noneEarlier: "There has been none yet.",
  moreEarlier: "Show earlier sessions",
  charter: "Charter",
  edit: "Edit the charter",
  terms: {
    domain: "What we care about",
    audience: "Who it is for",
    practice: "What we do",
    stage: "Stage",
    rhythm: "Rhythm",
    region: "Region",
    languages: "Languages",
    topics: "Topics",
    access: "Who can find it",
    together: "Works together with",
    beneath: "Communities in it",
  },
  stageOf: (stage: string, place: number, founded: string) =>
    `${stage}, ${ordinal[place] ?? number(place + 1)} of five. Founded in ${founded}.`,
  rhythm: (cadence: string, mode: string) => `${cadence}, ${mode}`,
  rules: "Ground rules",
  noRules: "This community has not written ground rules yet.",
  notCounselling: {
    title: "This is learning, not counselling",
    text: "We talk about our work. If something here stirs up more than that, please stop and look after yourself. The numbers at the foot of the page lead to people who listen.",
  },
  people: "People",
  others: (count: number) => plural(count, { one: "And one more member.", other: "And # more members." }),
  namesLater: "You see their names once you belong.",
  all: "Everyone who belongs",
  signposts: "Where to find support",
  numbers: "How is the community doing?",
  seats: (free: number) =>
    plural(free, { zero: "No places left.", one: "One place left.", other: "# places left." }),
  full: "Full; there is a waiting list.",
} as const;

const ordinal = ["the first", "the second", "the third", "the fourth", "the fifth"];
