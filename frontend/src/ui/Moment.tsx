import { dayParts } from "../text/dates";

/** A day, written large. */
export function Moment({ at, zone, mini }: { at: string; zone: string; mini?: boolean }) {
  const { weekday, day, month } = dayParts(at, zone, mini ? "short" : "long");
  return (
    <time class={mini ? "date mini" : "date"} dateTime={at}>
      {weekday} <b>{day}</b> {month}
    </time>
  );
}
