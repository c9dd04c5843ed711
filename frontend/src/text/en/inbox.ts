// The words of the inbox.

import { plural } from "../format";

export const inbox = {
  title: "Inbox",
  unread: (count: number) =>
    plural(count, {
      zero: "You have read everything.",
      one: "One notice you have not read.",
      other: "# notices you have not read.",
    }),
  list: "What you have been told",
  new: "New",
  markAll: "Mark all as read",
  more: "Show older ones",
  empty: {
    title: "Nothing has come yet",
    text: "When something happens that concerns you, such as a call for a community you might like, you find it here.",
    home: "Go to home",
  },
} as const;
