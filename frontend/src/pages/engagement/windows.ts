// The time an insight page looks at, as it stands in the address. Windows lie on whole months of the
// community's own calendar unless somebody names other days.

import { dayOf } from "../../text/dates";

/** Calendar days; `to` is the first day that is not in the window. */
export type Window = { from: string; to: string; months: number | null };

export const lengths = [1, 3, 6, 12] as const;
const usual = 3;

/** The first of a month, some months before or after the month of a day. */
export function monthStart(day: string, shift = 0): string {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  const count = year * 12 + month - 1 + shift;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}-01`;
}

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** The day after a calendar day. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** The day before a calendar day. */
export const dayBefore = (day: string): string =>
  new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/** Read the window out of an address. What does not make sense there is read as the usual three months. */
export function windowOf(query: Record<string, string>, zone: string, now = new Date()): Window {
  const { from, to } = query;
  if (isDay(from) && isDay(to) && from <= to) return { from, to: dayAfter(to), months: null };
  const asked = Number(query["months"]);
  const months = (lengths as readonly number[]).includes(asked) ? asked : usual;
  const end = monthStart(dayOf(now, zone));
  return { from: monthStart(end, -months), to: end, months };
}

/** Twelve whole months up to the end of a window, for a line over time. */
export const yearBefore = ({ to }: Window): Pick<Window, "from" | "to"> => {
  const end = to === monthStart(to) ? to : monthStart(to, 1);
  return { from: monthStart(end, -12), to: end };
};
