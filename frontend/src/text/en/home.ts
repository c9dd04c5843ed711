// The page one arrives at.

import { number, plural } from "../format";

export const home = {
  greeting: (name: string, hour: number) =>
    hour < 5
      ? `Hello, ${name}`
      : hour < 12
        ? `Good morning, ${name}`
        : hour < 18
          ? `Good afternoon, ${name}`
          : `Good evening, ${name}`,
  tab: "Home",
  today: (day: string, sessions: number) =>
    `${day}. ${sessions ? plural(sessions, { one: "One session in the next seven days.", other: "# sessions in the next seven days." }) : "No sessions in the next seven days."}`,
  next: (community: string) => (community ? `Your next session · ${community}` : "Your next session"),
  now: (community: string) => (community ? `On now · ${community}` : "On now"),
  go: "Go to the session",
  sameDay: "today",
  answers: {
    yes: "You said yes.",
    maybe: "You said maybe.",
    no: "You said no.",
    none: "You have not answered yet.",
    waitlisted: (position: number) =>
      `You are number ${number(position)} on the waiting list. If a place comes free, you get it.`,
  },
  prepare: (day: string) => `Get ready for ${day}`,
  answer: "Answer now",
  change: "Change my answer",
  ahead: "The weeks ahead",
  nothingAhead: {
    title: "No sessions planned",
    text: "Your communities have not set a next date yet. When they do, you find it here.",
    find: "See other communities",
  },
  mine: "My communities",
  none: {
    title: "You do not belong to a community yet",
    text: "A community is a few people who get better at something together. Have a look; joining is quick, and you can leave at any time.",
    find: "Find a community",
  },
  invited: (community: string) => `You are invited to ${community}`,
  invitedText: "Have a look at what it does and what its members ask of each other. Then decide.",
  invitedLook: "Look at the invitation",
  leads: "As someone who leads",
  waiting: (count: number) =>
    plural(count, {
      one: "One person is waiting for an answer",
      other: "# people are waiting for an answer",
    }),
  asks: (community: string, day: string) => `Asked to join ${community} ${day}.`,
  accept: "Say yes",
  acceptOf: (name: string) => `Say yes to ${name}`,
  decline: "Answer with a reason",
  welcomed: (name: string) => `${name} belongs now.`,
  leadsOnly: "You and the others who lead see this list; nobody else does.",
} as const;
