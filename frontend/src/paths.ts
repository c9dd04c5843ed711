// The only file that spells the address of a page.

export const patterns = {
  home: "/",
  communities: "/communities",
  community: "/communities/:community_id",
  people: "/communities/:community_id/people",
  charter: "/communities/:community_id/charter",
  planSession: "/communities/:community_id/sessions/new",
  communityInsight: "/communities/:community_id/insight",
  communityPlan: "/communities/:community_id/plan",
  proposals: "/proposals",
  proposal: "/proposals/:proposal_id",
  propose: "/propose",
  proposeQuestion: "/propose/:proposal_id/:question",
  desk: "/desk",
  answerSounding: "/soundings/answer",
  answerCall: "/calls/answer",
  session: "/sessions/:session_id",
  editSession: "/sessions/:session_id/edit",
  insight: "/insight",
  inbox: "/inbox",
  settings: "/settings",
  signIn: "/sign-in",
  signInByLink: "/sign-in/link",
  privacy: "/who-can-see-what",
  accessibility: "/accessibility",
} as const;

const fill = (pattern: string, id: string): string => pattern.replace(/:\w+/, encodeURIComponent(id));

export const paths = {
  home: () => patterns.home,
  communities: (query: Record<string, string> = {}) => withQuery(patterns.communities, query),
  community: (id: string) => fill(patterns.community, id),
  people: (id: string) => fill(patterns.people, id),
  charter: (id: string) => fill(patterns.charter, id),
  planSession: (id: string) => fill(patterns.planSession, id),
  communityInsight: (id: string, query: Record<string, string> = {}) =>
    withQuery(fill(patterns.communityInsight, id), query),
  communityPlan: (id: string) => fill(patterns.communityPlan, id),
  proposals: () => patterns.proposals,
  proposal: (id: string) => fill(patterns.proposal, id),
  propose: () => patterns.propose,
  proposeQuestion: (id: string, question: string) => `${patterns.propose}/${id}/${question}`,
  desk: () => patterns.desk,
  session: (id: string) => fill(patterns.session, id),
  editSession: (id: string) => fill(patterns.editSession, id),
  insight: () => patterns.insight,
  inbox: () => patterns.inbox,
  settings: () => patterns.settings,
  signIn: () => patterns.signIn,
  privacy: () => patterns.privacy,
  accessibility: () => patterns.accessibility,
};

/** An address with its query; empty answers are left out, so that an address says only what was asked. */
export function withQuery(path: string, query: Record<string, string>): string {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  return asked.size ? `${path}?${asked}` : path;
}
