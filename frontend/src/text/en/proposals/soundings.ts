// Soundings: what a few colleagues think in private, before the network is asked.

import { plural } from "../../format";

export const soundings = {
  title: "Soundings",
  text: "Ask a few colleagues what they think before the network is asked. Only you and the coordinators read what they say.",
  nobody: "Nobody has been asked yet. One honest answer is enough to go on; three are better.",
  said: (count: number) =>
    plural(count, { zero: "Nobody has answered yet.", one: "One colleague has answered.", other: "# colleagues have answered." }),
  waits: (day: string) => `Asked. The link works until ${day}.`,
  waitsNoDay: "Asked.",
  over: "The link was not used in time.",
  withdrawn: "The link was taken back.",
  withdraw: "Take the link back",
  withdrawOf: (name: string) => `Take back the link for ${name}`,
  somebody: "A colleague",
  ask: "Ask a colleague",
  how: "How do you ask?",
  ways: {
    link: "I give them a link myself",
    mail: "Send them an e-mail",
    talk: "We have talked; I write down what they said",
  } as Record<string, string>,
  name: "Their name",
  nameHint: "As you know them. Only you and the coordinators see it.",
  email: "Their e-mail address",
  opinion: "Is it needed?",
  role: "What they do",
  organisation: "Where they work",
  comment: "What did they say?",
  commentHint: "Leave out anything that could show who a patient is.",
  makeLink: "Make a link",
  send: "Send the e-mail",
  write: "Write it down",
  once: "Give them this link now",
  onceText: "It is shown this once, needs no account, and works once.",
  copy: "Copy the link",
  copied: "It is copied.",
  sent: (name: string) => `The e-mail to ${name} is on its way.`,
  writtenDown: "What they said is written down.",
  takenBack: "The link is taken back.",
  more: "Show more",
} as const;
