// Where a proposal can stand, and what a first look can find.

export const proposalStates: Record<string, string> = {
  draft: "A draft",
  submitted: "Waits for a first look",
  referred: "Exists already",
  scoping: "Being sounded out",
  interest_call: "Would you come?",
  interest_met: "Enough would come",
  interest_not_met: "Too few said yes",
  planning: "Being planned",
  scheduled: "First session set",
  launched: "Has begun",
  rejected: "Not taken up",
  withdrawn: "Withdrawn",
  expired: "Lay still too long",
};

export const decisions: Record<string, string> = {
  no_duplicate: "Nothing like it exists",
  different_enough: "Different enough",
  working_group: "It becomes a working group",
  sub_network: "It becomes part of a community",
};
