// A session: what will happen, who comes, who came.

import { list, number, plural } from "../format";

export const session = {
  today: (time: string) => `Today, ${time}`,
  starts: (distance: string) => `It starts ${distance}`,
  on: "It is on now",
  over: "It is over",
  because: (reason: string) => `Why: ${reason}`,
  joinOnline: "Join online",
  link: "The way in online appears here once you have a place.",
  toAnswer: "Answer",
  changeAnswer: "Change my answer",
  about: "What it is about",
  communities: "Communities",
  agenda: "What will happen",
  noAgenda: "The agenda follows.",
  minutes: (minutes: number) => plural(minutes, { one: "One minute", other: "# minutes" }),
  materials: "To read or bring",
  noMaterials: "Nothing to prepare.",
  elsewhere: (host: string) => `On ${host}`,
  leaving: {
    title: "This leads to another site",
    text: (host: string) => `${host} is not looked after by us, and its own privacy rules hold there.`,
    go: "Go to the other site",
    stay: "Stay here",
  },
  know: "Good to know",
  terms: {
    kind: "Kind",
    access: "Who may come",
    led: "Led by",
    speakers: "Speakers",
    functions: "What it is for",
    places: "Places",
  },
  kinds: (kind: string) => `${kind}.`,
  register: "Mark the register",
  edit: "Change this session",
  confirm: "Confirm the date",
  confirmed: "The date is confirmed.",
  cancel: "Cancel it",
  cancelTitle: "Cancel this session?",
  cancelText:
    "Everyone who answered sees that it does not take place. A cancelled session cannot be brought back.",
  keep: "Keep it",
  cancelDone: "The session is cancelled.",
  reason: "Why?",
  reasonHint: "Everyone who may see the session reads this.",
  hold: "It took place",
  held: "It is noted that the session took place.",
  followUp: "Nothing more to do",
  followedUp: "Noted. This session is settled.",
  material: {
    add: "Add something to read",
    title: "What is it?",
    url: "Web address",
    urlHint: "It begins with https://",
    save: "Add it",
    remove: "Remove",
    removeOf: (title: string) => `Remove ${title}`,
    added: "It is added.",
  },
} as const;

export const rsvp = {
  title: "Are you coming?",
  yours: "Your answer",
  answers: { yes: "Yes", maybe: "Maybe", no: "No" } as Record<string, string>,
  past: "How it was answered",
  how: "How will you take part?",
  modes: { online: "Online", in_person: "In the room" } as Record<string, string>,
  none: "You have not answered yet. You can change your answer until it ends.",
  confirmed: "You have a place.",
  waitlisted: (position: number | null) =>
    position === null
      ? "It is full. You are on the waiting list, and get a place when one comes free."
      : `It is full. You are number ${number(position)} on the waiting list, and get a place when one comes free.`,
  maybe: "Thank you. A maybe keeps no place.",
  no: "Thank you for saying so. Somebody else gets the place.",
  closed: "Answers are closed.",
  room: (free: number) =>
    plural(free, {
      zero: "The room is full.",
      one: "One place is left in the room.",
      other: "# places are left in the room.",
    }),
  online: (free: number) =>
    plural(free, {
      zero: "Online it is full.",
      one: "One place is left online.",
      other: "# places are left online.",
    }),
  noLimit: "There is no limit.",
  noLimitOnline: "Online there is no limit.",
  waiting: (count: number) => plural(count, { zero: "", one: "One person waits.", other: "# people wait." }),
  came: (names: string[], others: number) =>
    `${list(others > 0 ? [...names, plural(others, { one: "one other", other: "# others" })] : names)} said yes.`,
  coming: (names: string[], others: number) =>
    others > 0
      ? `${list([...names, plural(others, { one: "one other", other: "# others" })])} are coming.`
      : `${list(names)} ${names.length === 1 ? "is" : "are"} coming.`,
} as const;
