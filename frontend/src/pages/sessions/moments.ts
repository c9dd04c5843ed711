// When a session is, in words: by its own clock, and by the reader's where that shows another time.

import { clock, dayOf, longDay, sameClock, zoneName } from "../../text/dates";
import { times as t } from "../../text/en/when";

export type Timed = { starts_at: string; ends_at: string; timezone: string };

/** “12:30 to 13:30”, with the day of the end when that is another day. */
export function spanIn({ starts_at, ends_at }: Timed, zone: string, now = new Date()): string {
  const from = clock(starts_at, zone);
  const to = clock(ends_at, zone);
  return dayOf(starts_at, zone) === dayOf(ends_at, zone)
    ? t.span(from, to)
    : t.spanDays(from, longDay(ends_at, zone, now), to);
}

/** The same time by the reader's clock, or nothing when both clocks agree. */
export function yourTime(session: Timed, reader: string, now = new Date()): string | undefined {
  const { starts_at, timezone } = session;
  if (sameClock(timezone, reader, starts_at)) return undefined;
  const span = spanIn(session, reader, now);
  return dayOf(starts_at, timezone) === dayOf(starts_at, reader)
    ? t.yours(span, zoneName(reader))
    : t.yoursDay(longDay(starts_at, reader, now), span, zoneName(reader));
}

/** When each point of an agenda begins, as far as the minutes of those before it are known. */
export function agendaTimes(
  agenda: readonly { minutes: number | null }[],
  starts_at: string,
): (string | null)[] {
  let at: number | null = Date.parse(starts_at);
  return agenda.map(({ minutes }) => {
    const begins = at === null ? null : new Date(at).toISOString();
    at = at === null || minutes === null ? null : at + minutes * 60_000;
    return begins;
  });
}

/** Whether a session is still to come, on, or over. */
export function phaseOf({ starts_at, ends_at }: Timed, now = new Date()): "ahead" | "on" | "over" {
  if (now.getTime() < Date.parse(starts_at)) return "ahead";
  return now.getTime() < Date.parse(ends_at) ? "on" : "over";
}
