// What went wrong, and how to mend it. Never blame.

import { plural } from "../format";

export const problems = {
  summary: (count: number) =>
    plural(count, { one: "One answer needs another look", other: "# answers need another look" }),
  notDone: "That did not work",
  offline: "We could not reach Trellis. What you wrote is still here. Try again when the network is back.",
  offlineTitle: "We could not reach Trellis",
  offlineText: "The network seems to be away. Try again in a moment.",
  signedOut: "You have been signed out meanwhile. What you wrote is still here.",
  signInElsewhere: "Sign in again in another tab, then come back and save.",
  ours: "Something went wrong on our side, and nothing was changed. Please try again in a moment.",
  oursTitle: "Something went wrong on our side",
  reference: (id: string) => `If you ask for help, give this number: ${id}`,
  tooMany: "That was a lot of tries in a short time. Please wait a minute, then try again.",
  changed:
    "Somebody else changed this while you were writing. What you wrote is still here. Please look at it once more, then save again.",
  meanwhile:
    "Somebody else changed this a moment ago. Here is how it stands now. Please look once more, then try again.",
  forbidden: "This is not open to you. Someone who leads the community can help.",
  notYours: "Those who look after it can change it, while it is open to change. Ask one of them; they are glad to help.",
  forbiddenTitle: "This is not open to you",
  hiddenTitle: "It is not here",
  hidden: "It may have been moved, or it is not open to you.",
  fault: (label: string, detail: string) => `${label}: ${detail}`,
  missing: (label: string) => `Fill in “${label}”.`,
  tick: "Tick the box to go on.",
  email: "Write an e-mail address with an @, like nia@example.org.",
  url: "Write a whole web address that begins with https://.",
  tooLong: (most: number) => plural(most, { one: "Use one letter.", other: "Use # letters or fewer." }),
  tooShort: (least: number) =>
    plural(least, { one: "Use one letter or more.", other: "Use # letters or more." }),
  tooLow: (least: string) => `Choose ${least} or more.`,
  tooHigh: (most: string) => `Choose ${most} or less.`,
  wrong: "This answer has an unexpected form. Please write it again.",
} as const;
