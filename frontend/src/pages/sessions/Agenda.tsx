import type { Schemas } from "../../api/client";
import { clock } from "../../text/dates";
import { session as t } from "../../text/en/sessions";
import { agendaTimes } from "./moments";

export function Agenda({ session: { agenda, starts_at, timezone } }: { session: Schemas["SessionRead"] }) {
  const times = agendaTimes(agenda, starts_at);
  return (
    <section aria-labelledby="agenda-title">
      <h2 id="agenda-title">{t.agenda}</h2>
      {agenda.length ? (
        <ol class="agenda">
          {agenda.map(({ title, minutes }, index) => {
            const begins = times[index];
            return (
              <li key={index}>
                {begins ? <time dateTime={begins}>{clock(begins, timezone)}</time> : <span />}
                <h3>{title}</h3>
                {minutes !== null && <p class="soft">{t.minutes(minutes)}</p>}
              </li>
            );
          })}
        </ol>
      ) : (
        <p class="soft">{t.noAgenda}</p>
      )}
    </section>
  );
}
