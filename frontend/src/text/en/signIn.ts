// Signing in.

export const signIn = {
  title: "Sign in",
  lead: "Trellis is where your communities plan, meet and learn from each other.",
  email: "E-mail address",
  password: "Password",
  show: "Show my password",
  missingEmail: "Write the e-mail address you use at work.",
  missingPassword: "Write your password.",
  action: "Sign in",
  refused: "The address and the password do not fit together. Check both, and whether Caps Lock is on.",
  noPassword: "No password yet?",
  ask: "Ask the person who invited you for a sign-in link. It works once, and you can set a password after that.",
  byLink: {
    title: "Signing you in",
    done: "You are signed in",
    failed: "This link does not work any more",
    reason:
      "A sign-in link works once, and only for a while. Ask for a new one, or sign in with your password.",
    other: "Sign in with a password",
    nothing: "Part of the link is missing. Open it again from the message it came in, or copy all of it.",
  },
} as const;
