// One plain label for every value of the contract. Enums may grow, so an unknown value shows itself.

export { label } from "../format";

export const stages: Record<string, string> = {
  potential: "Taking shape",
  coalescing: "Coming together",
  maturing: "Finding its rhythm",
  stewardship: "Steady",
  transformation: "Changing",
};

export const stageHints: Record<string, string> = {
  potential: "an idea, a call",
  coalescing: "first sessions",
  maturing: "meets and learns",
  stewardship: "well looked after",
  transformation: "branching out",
};

export const stageOrder = ["potential", "coalescing", "maturing", "stewardship", "transformation"];

export const joinPolicies: Record<string, string> = {
  open: "Anyone may join",
  on_request: "Ask to join",
  by_invitation: "By invitation",
};

export const visibilities: Record<string, string> = {
  open: "Everybody may find and read it",
  restricted: "Everybody may find it; members read it",
  private: "Only the network may find it",
  confidential: "Only its own people know of it",
};

export const modes: Record<string, string> = {
  online: "Online",
  in_person: "In person",
  hybrid: "Online and in person",
};

export const cadences: Record<string, string> = {
  weekly: "Every week",
  fortnightly: "Every second week",
  monthly: "Once a month",
  quarterly: "Once a quarter",
  irregular: "Now and then",
};

export const roles: Record<string, string> = {
  lead: "Leads this community",
  coordinator: "Coordinates",
  facilitator: "Facilitates",
  sponsor: "Sponsors",
  analyst: "Looks at the numbers",
  member: "Member",
  observer: "Observes",
};

export const roleNames: Record<string, string> = {
  lead: "Lead",
  coordinator: "Coordinator",
  facilitator: "Facilitator",
  sponsor: "Sponsor",
  analyst: "Analyst",
  member: "Member",
  observer: "Observer",
};

export const states: Record<string, string> = {
  invited: "Invited",
  requested: "Asked to join",
  waitlisted: "On the waiting list",
  active: "Belongs",
  paused: "Taking a break",
  ended: "Has left",
  declined: "Not accepted",
  removed: "Removed",
};

export const sessionKinds: Record<string, string> = {
  webinar: "Webinar",
  workshop: "Workshop",
  community_meeting: "Community meeting",
  working_group_meeting: "Working group meeting",
  training: "Training",
  case_discussion: "Case discussion",
  peer_circle: "Peer circle",
  drop_in: "Drop-in",
  show_and_tell: "Show and tell",
  launch: "Launch",
};

export const accesses: Record<string, string> = {
  open: "Open to everybody",
  network: "Open to the whole network",
  members: "For members",
  closed: "For people on a list",
};

export const functions: Record<string, string> = {
  educate: "sharing what is known",
  support: "meeting and working together",
  cultivate: "helping groups start and last",
  encourage: "showing each other’s work",
  integrate: "using it at work",
};

export const linkKinds: Record<string, string> = {
  sister: "Sister community",
  shared_interest: "Shares an interest",
  interdependency: "Depend on each other",
  successor: "Carries on its work",
};

export const rings: Record<string, string> = {
  core: "Core",
  active: "Active",
  peripheral: "At the edge",
  dormant: "Quiet",
  new: "New",
};
