// A session being planned: what stands in the form, and what is sent.

import type { Schemas } from "../../api/client";
import { clock, dayOf, momentOf } from "../../text/dates";

type Session = Schemas["SessionRead"];
type AgendaItem = { title: string; minutes: number | null };

/** “20 Three situations, in pairs” as a point of an agenda; the minutes may be left out. */
export function agendaIn(text: string): AgendaItem[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [, minutes, title] = /^(\d{1,4})\s+(\S.*)$/u.exec(line) ?? [];
      return minutes && title ? { title, minutes: Number(minutes) } : { title: line, minutes: null };
    });
}

/** An agenda as lines to edit. */
export const agendaText = (agenda: readonly AgendaItem[]): string =>
  agenda.map(({ title, minutes }) => (minutes === null ? title : `${minutes} ${title}`)).join("\n");

/** Everything a session form says, in the shape of the contract. */
export function sessionIn(fields: FormData, zone: string) {
  const text = (name: string): string =>
    String(fields.get(name) ?? "")
      .replaceAll("\r\n", "\n")
      .trim();
  const count = (name: string): number | null => (text(name) ? Number(text(name)) : null);
  return {
    title: text("title"),
    description: text("description"),
    kind: text("kind") as Session["kind"],
    mode: text("mode") as Session["mode"],
    access: text("access") as Session["access"],
    starts_at: momentOf(text("date"), text("from"), zone),
    ends_at: momentOf(text("date"), text("to"), zone),
    timezone: zone,
    location: text("location"),
    joining_url: text("joining_url") || null,
    capacity: count("capacity"),
    online_capacity: text("mode") === "hybrid" ? count("online_capacity") : null,
    agenda: agendaIn(text("agenda")),
    function_tags: fields.getAll("function_tags") as Session["function_tags"],
  };
}

export type Planned = ReturnType<typeof sessionIn>;

/** The session as a form would send it back untouched. */
export const plannedOf = (session: Session): Planned => ({
  title: session.title,
  description: session.description,
  kind: session.kind,
  mode: session.mode,
  access: session.access,
  starts_at: session.starts_at,
  ends_at: session.ends_at,
  timezone: session.timezone,
  location: session.location,
  joining_url: session.joining_url,
  capacity: session.capacity,
  online_capacity: session.online_capacity,
  agenda: session.agenda,
  function_tags: session.function_tags,
});

/** Only what was changed is sent, so that nobody else's change is undone. */
export function changedFrom(before: Planned, after: Planned): Partial<Planned> {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => {
      const old = before[name as keyof Planned];
      const moment = name === "starts_at" || name === "ends_at";
      return moment ? Date.parse(String(old)) !== Date.parse(String(value)) : !same(old, value);
    }),
  ) as Partial<Planned>;
}

/** Day and times of a session, as its form shows them. */
export const wallOf = ({ starts_at, ends_at, timezone }: Session) => ({
  date: dayOf(starts_at, timezone),
  from: clock(starts_at, timezone),
  to: clock(ends_at, timezone),
});
