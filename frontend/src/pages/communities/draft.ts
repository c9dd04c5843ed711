// A charter being edited: what the form shows, what was changed in it, and what others changed meanwhile.

import type { Schemas } from "../../api/client";

type Community = Schemas["CommunityRead"];
type Change = Schemas["CommunityUpdate"];

const texts = ["name", "purpose", "domain", "practice", "audience", "region"] as const;
const lists = ["topics", "languages"] as const;
const choices = ["stage", "cadence", "mode", "visibility", "join_policy"] as const;

export type DraftField = (typeof texts)[number] | (typeof lists)[number] | (typeof choices)[number];
export type Draft = Record<DraftField, string>;

const every: readonly DraftField[] = [...texts, ...lists, ...choices];

/** “one, two,, two” as its words, each once. */
export const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

/** A community as a form shows it. */
export function draftOf(community: Community): Draft {
  const text = (field: DraftField): string => {
    const value = community[field];
    return Array.isArray(value) ? value.join(", ") : value;
  };
  return Object.fromEntries(every.map((field) => [field, text(field)])) as Draft;
}

/** What a person wrote, where it differs from what stands; nothing else is sent, so nobody's work is overwritten unseen. */
export function changesIn(fields: FormData, base: Draft): Change {
  const change: Record<string, unknown> = {};
  for (const field of every) {
    const written = String(fields.get(field) ?? base[field])
      .replaceAll("\r\n", "\n")
      .trim();
    if (written === base[field]) continue;
    change[field] = (lists as readonly string[]).includes(field) ? wordsIn(written) : written;
  }
  return change as Change;
}

/** The fields somebody else changed between two readings, with what they say now. */
export const theirs = (before: Draft, after: Draft): { field: DraftField; value: string }[] =>
  every.filter((field) => before[field] !== after[field]).map((field) => ({ field, value: after[field] }));
