// The words round every page.

export const shell = {
  name: "Trellis",
  skip: "Skip to the content",
  main: "Main",
  home: "Home",
  communities: "Communities",
  insight: "Insight",
  desk: "Desk",
  inbox: "Inbox",
  unread: (count: number) => `Inbox, ${count} unread`,
  // Beyond this nobody counts.
  many: (count: number) => (count > 99 ? "99+" : String(count)),
  settings: "My settings",
  signOut: "Sign out",
  signIn: "Sign in",
  whoSees: "Who can see what",
  accessibility: "Accessibility",
  colours: "Colours",
  themes: { system: "As my device", light: "Light", dark: "Dark" },
  signposts:
    "Trellis is for learning together at work. It is not a support group or a counselling space. If you or someone else needs help now: 999 in an emergency, NHS 111 and choose option 2, or Samaritans on 116 123.",
  waiting: "One moment…",
  title: (page: string) => `${page} – Trellis`,
  where: "Where you are",
  onThisPage: "On this page",
  tryAgain: "Try again",
  close: "Close",
  undo: "Undo",
  more: "Show more",
  notFound: {
    title: "This page is not here",
    text: "The address may have a slip in it, or the page is only for some people. Look for the community by name, or start at home.",
    home: "Go to home",
    find: "Find a community",
  },
  unloaded: {
    title: "This page did not load",
    text: "The network may be away, or Trellis has just been updated. Nothing you wrote elsewhere is lost.",
    again: "Load it again",
  },
} as const;
