// How long a proposal has stood, and who has to act: what a desk is sorted by.

import { daysUntil } from "../../text/dates";

type Waiting = { waiting_on: string; state_since: string };

/** In this order: what the reader can do something about comes first. */
export const parties = ["coordinator", "lead", "members", "proposer", "nobody"] as const;

/** Whole days since a proposal came to where it stands, by the reader's calendar. */
export const daysStood = (state_since: string, zone: string, now = new Date()): number =>
  Math.max(0, -daysUntil(state_since, zone, now));

/** Proposals by who must act, each group in the order it came in; a party without any is left out. */
export function byParty<T extends Waiting>(items: readonly T[]): { party: string; items: T[] }[] {
  const known: readonly string[] = parties;
  const others = [...new Set(items.map(({ waiting_on }) => waiting_on))].filter((party) => !known.includes(party));
  return [...known, ...others]
    .map((party) => ({ party, items: items.filter(({ waiting_on }) => waiting_on === party) }))
    .filter((group) => group.items.length);
}
