import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { Trouble, useDoing } from "../../api/problems";
import { checkIn } from "../../text/en/checkIn";
import { rsvp as t } from "../../text/en/sessions";
import { brief } from "../../text/en/when";
import { Toggle, type Option } from "../../ui/Toggle";
import { useTarget } from "../../ui/useTarget";
import { phaseOf } from "./moments";

type SessionRead = Schemas["SessionRead"];
type Rsvp = NonNullable<SessionRead["my_rsvp"]>;

const named = (labels: Record<string, string>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Are you coming? Saved at once, and it can always be changed. */
export function Answer({ session, onChange }: { session: SessionRead; onChange: () => void }) {
  useTarget("answer");
  const [mine, setMine] = useState(session.my_rsvp);
  // What was pressed shows at once; when it could not be saved, the last saved answer comes back.
  const [wanted, want] = useState<{ answer: Rsvp["answer"]; mode: Rsvp["mode"] | undefined }>();
  const { busy, trouble, run } = useDoing();
  const open = session.can.includes("answer");

  const give = async (answer: Rsvp["answer"], mode?: Rsvp["mode"]) => {
    want({ answer, mode });
    await run(async () => {
      const given = await api.put("/v1/sessions/{session_id}/rsvps/{person_id}", {
        path: { session_id: session.id, person_id: "me" },
        body: { answer, ...(mode && { mode }) },
      });
      setMine(given);
      onChange();
    });
    want(undefined);
  };
  if (!open && phaseOf(session) === "over") return <Was session={session} />;
  return (
    <section aria-labelledby="answer" aria-busy={busy}>
      <h2 id="answer" tabIndex={-1}>
        {t.title}
      </h2>
      {open ? (
        <>
          <Trouble words={trouble} />
          <Toggle
            name="answer"
            legend={t.yours}
            options={named(t.answers)}
            chosen={wanted?.answer ?? mine?.answer}
            onChoose={(answer) => void give(answer as Rsvp["answer"], mine?.mode)}
          />
          {session.mode === "hybrid" && mine && mine.answer !== "no" && (
            <div class="then">
              <p id="how">{t.how}</p>
              <Toggle
                name="mode"
                legend={t.how}
                labelledBy="how"
                options={named(t.modes)}
                chosen={wanted?.mode ?? mine.mode}
                onChoose={(mode) => void give(mine.answer, mode as Rsvp["mode"])}
              />
            </div>
          )}
          <p role="status" class="then">
            {standing(mine)}
          </p>
        </>
      ) : (
        <p>{t.closed}</p>
      )}
      <p class="soft">{seats(session)}</p>
    </section>
  );
}

/** After a session: what the reader said, and whether they were there. */
const Was = ({ session: { my_rsvp, my_attendance, taken, online_taken } }: { session: SessionRead }) => (
  <section aria-labelledby="was">
    <h2 id="was">{t.past}</h2>
    {my_rsvp && <p>{brief.yoursIs[my_rsvp.answer]}</p>}
    {my_attendance && <p>{checkIn.recorded[my_attendance]}</p>}
    <p class="soft">{brief.said(taken + online_taken)}</p>
  </section>
);

function standing(mine: Rsvp | null): string {
  if (!mine) return t.none;
  if (mine.place === "waitlisted") return t.waitlisted(mine.position);
  if (mine.answer === "yes") return t.confirmed;
  return mine.answer === "maybe" ? t.maybe : t.no;
}

/** How many come and how many places are left. */
function seats(session: SessionRead): string {
  const said = brief.said(session.taken + session.online_taken);
  const waiting = t.waiting(session.waiting);
  const room =
    session.mode === "hybrid"
      ? [
          session.seats_left === null ? "" : t.room(session.seats_left),
          session.online_seats_left === null ? t.noLimitOnline : t.online(session.online_seats_left),
        ]
      : [session.seats_left === null ? t.noLimit : brief.seats(session.seats_left)];
  return [said, ...room, waiting].filter(Boolean).join(" ");
}
