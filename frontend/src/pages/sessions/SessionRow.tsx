import type { Schemas } from "../../api/client";
import { me } from "../../me";
import { paths } from "../../paths";
import { rsvp, session as words } from "../../text/en/sessions";
import { accesses, label } from "../../text/en/values";
import { list } from "../../text/format";
import { Moment } from "../../ui/Moment";
import { phaseOf, spanIn, yourTime } from "./moments";
import { placeOf } from "./place";

/** One session in a list: when, what, where, and whether the reader comes. */
export function SessionRow({ session }: { session: Schemas["SessionRead"] }) {
  const yours = yourTime(session, me.value?.timezone ?? session.timezone);
  const leads = session.facilitators.map(({ name }) => name);
  return (
    <li>
      <Moment at={session.starts_at} zone={session.timezone} mini />
      <h3>
        <a href={paths.session(session.id)}>{session.title}</a>
      </h3>
      <p>
        {spanIn(session, session.timezone)}. {placeOf(session)}. {yours}{" "}
        {leads.length > 0 && words.ledBy(list(leads))}
      </p>
      <p class="soft">{state(session)}</p>
    </li>
  );
}

function state(session: Schemas["SessionRead"]): string {
  if (session.status === "cancelled") return `${words.cancelled}.`;
  if (phaseOf(session) === "over") return rsvp.said(session.taken + session.online_taken);
  const answer = session.my_rsvp?.answer;
  const left = session.mode !== "hybrid" && session.seats_left !== null ? rsvp.seats(session.seats_left) : "";
  return [
    `${label(accesses, session.access)}.`,
    session.status === "tentative" ? words.tentative : "",
    left,
    answer ? rsvp.yoursIs[answer] : "",
  ]
    .filter(Boolean)
    .join(" ");
}
