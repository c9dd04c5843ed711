import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { me } from "../../me";
import { paths } from "../../paths";
import { dayParts, daysUntil, longDay, zoneName } from "../../text/dates";
import { home as t } from "../../text/en/home";
import { rsvp } from "../../text/en/sessions";
import { Moment } from "../../ui/Moment";
import { Faces } from "../../ui/people";
import { phaseOf, spanIn, yourTime } from "../sessions/moments";
import { placeOf } from "../sessions/place";
import { answered } from "./answered";

type Props = { session: Schemas["SessionRead"]; community: string };

/** The one thing that matters now, with everything needed for it. */
export function NextSession({ session, community }: Props) {
  const zone = session.timezone;
  const yours = yourTime(session, me.value?.timezone ?? zone);
  const coming = useComing(session);
  const days = daysUntil(session.starts_at, zone);
  const day = days < 7 ? dayParts(session.starts_at, zone).weekday : longDay(session.starts_at, zone);
  const open = session.can.includes("answer");
  const phase = phaseOf(session);
  // During a session nobody needs to get ready for it any more.
  const next =
    phase === "on" ? t.go : session.my_rsvp || !open ? t.prepare(days === 0 ? t.sameDay : day) : t.answer;
  return (
    <section class="panel next" aria-labelledby="next">
      <Moment at={session.starts_at} zone={zone} />
      <div>
        <div>
          <p class="kicker">{phase === "on" ? t.now(community) : t.next(community)}</p>
          <h2 id="next">{session.title}</h2>
          <p>
            {spanIn(session, zone)}, {zoneName(zone)}. {placeOf(session)}.
            <br />
            {yours} {answered(session)}{" "}
            {coming.length > 0 && rsvp.coming(coming.slice(0, 2), coming.length - 2)}
          </p>
          <div class="actions">
            <a class="button" href={paths.session(session.id)}>
              {next}
            </a>
            {session.my_rsvp && open && <a href={`${paths.session(session.id)}#answer`}>{t.change}</a>}
          </div>
        </div>
        <Faces names={coming.slice(0, 24)} />
      </div>
    </section>
  );
}

/** Who else comes, without the reader; names are for those who may see them. */
function useComing({ id, can }: Schemas["SessionRead"]): string[] {
  const may = can.includes("see_rsvps");
  const load = useLoad(
    async (signal) =>
      may
        ? (
            await api.get("/v1/sessions/{session_id}/rsvps", {
              path: { session_id: id },
              query: { answer: "yes", place: "confirmed", limit: 100 },
              signal,
            })
          ).items
        : [],
    [id, may],
  );
  return load.state === "ready"
    ? load.value.filter(({ person_id }) => person_id !== me.value?.id).map(({ name }) => name)
    : [];
}
