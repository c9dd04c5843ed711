// When and where a session is; more pages say that than show a whole session.

import { plural } from "../format";

export const times = {
  span: (from: string, to: string) => `${from} to ${to}`,
  spanDays: (from: string, day: string, to: string) => `${from} to ${day}, ${to}`,
  yours: (span: string, zone: string) => `For you that is ${span} (${zone}).`,
  yoursDay: (day: string, span: string, zone: string) => `For you that is ${day}, ${span} (${zone}).`,
} as const;

export const places = {
  online: "Online",
  room: (location: string) => location || "In person; the place follows",
  both: (location: string) =>
    location ? `Online, or in ${location}` : "Online or in person; the place follows",
} as const;

/** What a list says about a session. */
export const brief = {
  ledBy: (names: string) => `Led by ${names}.`,
  cancelled: "It is cancelled",
  tentative: "The date is not certain yet.",
  yoursIs: { yes: "You said yes.", maybe: "You said maybe.", no: "You said no." } as Record<string, string>,
  said: (count: number) =>
    plural(count, { zero: "Nobody said yes yet.", one: "One person said yes.", other: "# people said yes." }),
  seats: (free: number) =>
    plural(free, { zero: "It is full.", one: "One place is left.", other: "# places are left." }),
} as const;
