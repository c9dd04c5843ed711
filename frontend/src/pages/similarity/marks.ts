// The words two ideas share, found again in the sentence that says so.

export type Piece = { text: string; shared: boolean };

/** Cut a sentence into pieces, with every shared word or phrase marked; the longest ones are found first. */
export function marked(sentence: string, shared: readonly string[]): Piece[] {
  const words = shared
    .filter((word) => word.trim())
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!words.length) return [{ text: sentence, shared: false }];
  // Whole words only, so that “rest” is not found in “restless”.
  const parts = sentence.split(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})(?![\\p{L}\\p{N}])`, "giu"));
  return parts.map((text, index) => ({ text, shared: index % 2 === 1 })).filter(({ text }) => text);
}

/** Reasons quote the words both share. */
export const quotedIn = (reasons: readonly string[]): string[] =>
  reasons.flatMap((reason) => [...reason.matchAll(/“([^”]+)”/gu)].map(([, words]) => words ?? ""));
