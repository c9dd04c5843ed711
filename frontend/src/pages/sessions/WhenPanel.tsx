import { useEffect, useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { me } from "../../me";
import { daysUntil, fromNow, longDay, zoneName } from "../../text/dates";
import { rsvp, session as t } from "../../text/en/sessions";
import { brief } from "../../text/en/when";
import { Moment } from "../../ui/Moment";
import { Faces } from "../../ui/people";
import { phaseOf, spanIn, yourTime } from "./moments";
import { placeOf } from "./place";

type SessionRead = Schemas["SessionRead"];

/** The present moment, renewed every half minute, so that “in nine minutes” stays true. */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function headline(session: SessionRead, now: Date): string {
  if (session.status === "cancelled") return brief.cancelled;
  const phase = phaseOf(session, now);
  if (phase === "on") return t.on;
  return phase === "over" ? t.over : t.starts(fromNow(session.starts_at, session.timezone, now));
}

/** When and where: the one thing that matters on the page of a session. */
export function WhenPanel({ session }: { session: SessionRead }) {
  const now = useNow();
  const zone = session.timezone;
  const yours = yourTime(session, me.value?.timezone ?? zone, now);
  const time = `${spanIn(session, zone, now)}, ${zoneName(zone)}`;
  const kicker =
    daysUntil(session.starts_at, zone, now) === 0
      ? t.today(time)
      : `${longDay(session.starts_at, zone, now)}, ${time}`;
  const over = phaseOf(session, now) === "over";
  const coming = useComing(session);
  return (
    <section class="panel next" aria-labelledby="when-title">
      <Moment at={session.starts_at} zone={zone} />
      <div>
        <div>
          <p class="kicker">{kicker}</p>
          <h2 id="when-title">{headline(session, now)}</h2>
          {session.cancelled_because && <p>{t.because(session.cancelled_because)}</p>}
          {session.status === "tentative" && <p>{brief.tentative}</p>}
          <p>
            {placeOf(session)}
            {yours && (
              <>
                <br />
                {yours}
              </>
            )}
          </p>
          {coming.length > 0 && (
            <p class="soft">{(over ? rsvp.came : rsvp.coming)(coming.slice(0, 2), coming.length - 2)}</p>
          )}
          <Ways session={session} over={over} />
        </div>
        <Faces names={coming.slice(0, 24)} />
      </div>
    </section>
  );
}

/** The names of the others who said yes, for readers who may see them. */
function useComing(session: SessionRead): string[] {
  const may = session.can.includes("see_rsvps") && session.status !== "cancelled";
  const load = useLoad(
    async (signal) =>
      may
        ? (
            await api.get("/v1/sessions/{session_id}/rsvps", {
              path: { session_id: session.id },
              query: { answer: "yes", place: "confirmed", limit: 100 },
              signal,
            })
          ).items
        : [],
    [session.id, may, session.my_rsvp?.answer],
  );
  return load.state === "ready"
    ? load.value.filter(({ person_id }) => person_id !== me.value?.id).map(({ name }) => name)
    : [];
}

function Ways({ session, over }: { session: SessionRead; over: boolean }) {
  const answers = session.can.includes("answer");
  const answer = session.my_rsvp ? t.changeAnswer : t.toAnswer;
  if (over || session.status === "cancelled") return null;
  return (
    <>
      {session.mode !== "in_person" && !session.joining_url && <p class="soft">{t.link}</p>}
      <div class="actions">
        {session.joining_url ? (
          <>
            <a class="button" href={session.joining_url} target="_blank" rel="noreferrer">
              {t.joinOnline}
            </a>
            {answers && <a href="#answer">{answer}</a>}
          </>
        ) : (
          answers && (
            <a class="button" href="#answer">
              {answer}
            </a>
          )
        )}
      </div>
    </>
  );
}
