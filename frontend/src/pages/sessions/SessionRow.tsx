import type { Schemas } from "../../api/client";
import { me } from "../../me";
import { paths } from "../../paths";
import { brief } from "../../text/en/when";
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
        {leads.length > 0 && brief.ledBy(list(leads))}
      </p>
      <p class="soft">{state(session)}</p>
    </li>
  );
}

function state(session: Schemas["SessionRead"]): string {
  if (session.status === "cancelled") return `${brief.cancelled}.`;
  if (phaseOf(session) === "over") return brief.said(session.taken + session.online_taken);
  const answer = session.my_rsvp?.answer;
  const left = session.mode !== "hybrid" && session.seats_left !== null ? brief.seats(session.seats_left) : "";
  return [
    `${label(accesses, session.access)}.`,
    session.status === "tentative" ? brief.tentative : "",
    left,
    answer ? brief.yoursIs[answer] : "",
  ]
    .filter(Boolean)
    .join(" ");
}
