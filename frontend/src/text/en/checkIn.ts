// Saying that one is here.

export const checkIn = {
  title: "Check in",
  text: "The code is shown in the room or on the screen.",
  code: "Code",
  action: "I am here",
  wrong: "Write the six letters and digits that are shown.",
  done: "You are checked in. Good that you are here.",
  recorded: {
    attended: "You were here.",
    partial: "You were here for a part.",
    walk_in: "You were here.",
    no_show: "It is noted that you were not here.",
  } as Record<string, string>,
} as const;
