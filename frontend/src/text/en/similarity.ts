// How like something else an idea is.

export const verdicts: Record<string, string> = {
  probably_same: "Probably the same",
  related: "Close to it",
  different: "Partly close",
};
