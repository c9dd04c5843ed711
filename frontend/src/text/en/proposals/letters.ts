// What people read who open a private link, without an account.

export const answerCall = {
  title: (name: string) => `Would you come to “${name}”?`,
  tab: "Would you come?",
  hello: (name: string) => `Hello ${name}.`,
  closes: (day: string) => `You can answer until ${day}. Saying yes binds you to nothing; you are asked again before the first session.`,
  yes: "I would come",
  no: "Not for me",
  as: "I would like to",
  yours: { interested: "You said that you would come.", not_for_me: "You said that it is not for you." },
  thanks: "Thank you. Your answer is kept.",
  change: "You can change it here until the call closes.",
  closed: "The call has closed, so answers are no longer taken. Thank you for looking.",
  notYet: "The call has not opened yet. Please come back to this link later.",
  more: "Read the whole proposal",
} as const;

export const answerSounding = {
  title: (name: string) => `What do you think of “${name}”?`,
  tab: "What do you think?",
  asks: (asker: string) => `${asker} asks you, in private.`,
  private: (asker: string) =>
    `Only ${asker} and the coordinators read what you say. You need no account, and nothing else of you is kept.`,
  for: "Who it is for",
  why: "Why now",
  opinion: "Is it needed?",
  answers: { yes: "Yes, it is needed", perhaps: "Perhaps", no: "No" },
  role: "What you do",
  roleHint: "For example: nurse on a ward. You can leave it empty.",
  organisation: "Where you work",
  comment: "What should they know?",
  commentHint: "One or two sentences help most. Please leave out anything that could show who a patient is.",
  send: "Send my answer",
  until: (day: string) => `You can answer until ${day}, once.`,
  thanks: "Thank you",
  thanksText: (asker: string) => `${asker} reads what you said. You can close this page.`,
  choose: "Choose one of the three answers.",
} as const;

export const badLink = {
  title: "This link no longer works",
  nothing: "The address ends too early. Please open the link from your message once more, or copy the whole of it.",
  gone: "It was taken back, or the address has a slip in it. Please ask whoever sent it for a new one.",
  used: "It may have been used already, or its time is over. If you would still like to say something, ask whoever sent it for a new one.",
  home: "Go to Trellis",
} as const;
