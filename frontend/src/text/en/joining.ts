// What one agrees to by joining, and what leaving means.

export const joining = {
  title: "Before you join",
  rules: "This is what its members ask of each other:",
  noRules: "This community has not written ground rules yet.",
  consent: "I will keep to this. I know this is learning, not counselling.",
  consentMissing: "Tick the box if you will keep to this. Without it you cannot join.",
  seen: "Members will see your name and your organisation. Nobody is shown what you read. You can leave at any time.",
  join: "Join",
  ask: "Ask to join",
  notNow: "Not now",
} as const;

export const leaving = {
  title: "Leave this community?",
  text: {
    on_request: "To come back you would have to ask again.",
    by_invitation: "To come back you would need a new invitation.",
  },
  leave: "Leave",
  stay: "Stay",
} as const;
