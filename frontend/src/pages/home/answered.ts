import type { Schemas } from "../../api/client";
import { home as t } from "../../text/en/home";

/** What the reader has answered to a session, in words. */
export function answered({ my_rsvp }: Schemas["SessionRead"]): string {
  if (!my_rsvp) return t.answers.none;
  if (my_rsvp.place === "waitlisted") return t.answers.waitlisted(my_rsvp.position ?? 1);
  return t.answers[my_rsvp.answer];
}
