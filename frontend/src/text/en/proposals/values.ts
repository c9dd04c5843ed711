// One plain label for every value a proposal can have.

/** What happens next, and who makes it happen. */
export const nextSteps: Record<string, string> = {
  draft: "Nobody but those named in it sees it. Its proposer hands it in when it says enough.",
  submitted: "A coordinator reads it and looks for something like it, usually within five working days.",
  referred: "Something like it exists. Both sides were introduced to each other.",
  scoping: "A few colleagues say in private what they think. Then a coordinator asks the network.",
  interest_call: "The network is asked who would come. The call counts itself when it closes.",
  interest_met: "A coordinator names a lead and a sponsor. When both have said yes, planning begins.",
  interest_not_met: "It may be asked once more, after a pause and in other words.",
  planning: "Its lead writes the charter and the ground rules, and sets a first date.",
  scheduled: "The first session takes place. After that it can begin.",
  launched: "It is a community now.",
  rejected: "Its proposer may ask for a second look, once.",
  withdrawn: "It is closed. Nothing of it is left over.",
  expired: "It is closed for now, and can be brought back once.",
};

export const waitingOn: Record<string, string> = {
  coordinator: "A coordinator",
  proposer: "Its proposer",
  members: "The network",
  lead: "Its lead",
  nobody: "Nobody",
};

/** As what somebody would take part: how it is asked, and how it is told afterwards. */
export const offers: Record<string, string> = {
  member: "take part",
  co_lead: "take part and share the lead",
  speaker: "speak once, about something I know",
  sponsor: "support it as a sponsor",
  observer: "follow from a distance",
};

export const offerOptions = Object.entries(offers).map(([value, label]) => ({ value, label }));

export const offered: Record<string, string> = {
  member: "You would take part.",
  co_lead: "You would take part and share the lead.",
  speaker: "You would speak once.",
  sponsor: "You would support it as a sponsor.",
  observer: "You would follow it from a distance.",
};

export const offerNames: Record<string, string> = {
  member: "Would take part",
  co_lead: "Would share the lead",
  speaker: "Would speak once",
  sponsor: "Would sponsor it",
  observer: "Would follow it",
};

export const opinions: Record<string, string> = {
  yes: "Yes, it is needed",
  perhaps: "Perhaps",
  no: "No",
};

export const rejectedFor: Record<string, string> = {
  out_of_scope: "It is not what this network is for",
  support_group: "It would be a support group, not learning",
  not_practice: "It is not about practice",
  too_vague: "It does not say enough yet",
  no_capacity: "There is nobody to look after it now",
  other: "Another reason",
};
