// Moments in words. A session is told in its own time zone, and in the reader's where that differs.

import { language } from "./format";

type Options = Intl.DateTimeFormatOptions;

const kept = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Options): Intl.DateTimeFormat {
  const key = [language(), zone, ...Object.entries(options).flat()].join();
  let found = kept.get(key);
  if (!found) kept.set(key, (found = new Intl.DateTimeFormat(language(), { ...options, timeZone: zone })));
  return found;
}

const write = (moment: string, zone: string, options: Options): string =>
  formatter(zone, options).format(new Date(moment));

/** The time zone of this device. */
export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** 2026-11-26: the calendar day of a moment in a zone, for comparing and for form fields. */
export function dayOf(moment: string | Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short", calendar: "iso8601" });
  return parts.format(new Date(moment));
}

/** 12:30 */
export const clock = (moment: string, zone: string): string =>
  write(moment, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Thursday 26 November, with the year when it is not this year's. */
export function longDay(moment: string, zone: string, now = new Date()): string {
  const sameYear = dayOf(moment, zone).slice(0, 4) === dayOf(now, zone).slice(0, 4);
  const text = write(moment, zone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  });
  // British custom writes no comma after the weekday.
  return language().startsWith("en") ? text.replace(",", "") : text;
}

/** 26 November 2026 */
export const date = (moment: string, zone: string): string =>
  write(moment, zone, { day: "numeric", month: "long", year: "numeric" });

/** November 2026 */
export const month = (moment: string, zone: string): string =>
  write(moment, zone, { month: "long", year: "numeric" });

/** Nov */
export const shortMonth = (moment: string, zone: string): string =>
  write(moment, zone, { month: "short" }).slice(0, 3);

/** The parts of a day to write large: weekday, number and month. */
export function dayParts(moment: string, zone: string, length: "long" | "short" = "long") {
  return {
    weekday: write(moment, zone, { weekday: length }),
    day: write(moment, zone, { day: "numeric" }),
    month: write(moment, zone, { month: length }),
  };
}

/** Whether two zones show the same clock at a moment; names may differ while clocks agree. */
export const sameClock = (a: string, b: string, moment: string): boolean =>
  a === b || (clock(moment, a) === clock(moment, b) && dayOf(moment, a) === dayOf(moment, b));

/** Europe/London is stored with underlines where words have spaces. */
export const zoneName = (zone: string): string => zone.replaceAll("_", " ");

/** Whole days from today to a moment, counted by the calendar of a zone. */
export function daysUntil(moment: string, zone: string, now = new Date()): number {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  return day(dayOf(moment, zone)) - day(dayOf(now, zone));
}

/** “in 9 minutes”, “in 3 hours”, “tomorrow”, “in 4 days”, “yesterday”: the largest unit that says enough. */
export function fromNow(moment: string, zone: string, now = new Date()): string {
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  const minutes = Math.round((Date.parse(moment) - now.getTime()) / 60_000);
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  const days = daysUntil(moment, zone, now);
  if (days === 0) return words.format(Math.round(minutes / 60), "hour");
  return Math.abs(days) < 45 ? words.format(days, "day") : words.format(Math.round(days / 30.4), "month");
}

/** A wall-clock time in a zone, as the moment it names: the inverse of reading a clock on that wall. */
export function momentOf(day: string, time: string, zone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  let moment = wanted;
  for (let round = 0; round < 2; round += 1) {
    const iso = new Date(moment).toISOString();
    const shown = Date.parse(`${dayOf(iso, zone)}T${clock(iso, zone)}:00Z`);
    moment += wanted - shown;
  }
  return new Date(moment).toISOString().replace(".000Z", "Z");
}

/** Every time zone the browser knows, for a list to choose from. */
export const zones = (): string[] => Intl.supportedValuesOf("timeZone");
