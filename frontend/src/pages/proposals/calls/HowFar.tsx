import { useEffect, useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { call as t } from "../../../text/en/proposals/proposal";

type Progress = Schemas["CallRead"]["progress"];

/** Seconds between two looks at an open call: soon enough to watch it grow, seldom enough to cost nothing. */
const LOOK = 20;

/** How far a call is now; while somebody looks at the page, it is read again. */
function useProgress({ id, proposal_id, closed_at, progress }: Schemas["CallRead"]): Progress {
  const [seen, see] = useState(progress);
  useEffect(() => see(progress), [progress]);
  useEffect(() => {
    if (closed_at) return;
    const stop = new AbortController();
    const timer = setInterval(() => {
      if (document.visibilityState === "hidden") return;
      api
        .get("/v1/proposals/{proposal_id}/calls", { path: { proposal_id }, signal: stop.signal })
        .then(({ items }) => see((last) => items.find((call) => call.id === id)?.progress ?? last))
        // What was read last stays; the next look may succeed.
        .catch(() => undefined);
    }, LOOK * 1000);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [id, closed_at]);
  return seen;
}

/** How far a call is, measured by marks that were set before it opened. */
export function HowFar({ call }: { call: Schemas["CallRead"] }) {
  const { people, organisations, co_leads, met } = useProgress(call);
  const bars = [
    { id: "far-people", term: t.people, have: people, need: call.min_people, words: t.of(people, call.min_people) },
    {
      id: "far-organisations",
      term: t.organisations,
      have: organisations,
      need: call.min_organisations,
      words: t.of(organisations, call.min_organisations),
    },
    {
      id: "far-leads",
      term: t.coLeads,
      have: co_leads,
      need: call.min_co_leads,
      words: t.offeredToLead(co_leads),
    },
  ].filter(({ need }) => need > 0);
  return (
    <section aria-labelledby="far-title">
      <h2 id="far-title">{t.howFar}</h2>
      <dl class="summary">
        {bars.map(({ id, term, have, need, words }) => (
          <div key={id}>
            <dt>
              <label for={id}>{term}</label>
            </dt>
            <dd>
              <progress id={id} max={need} value={Math.min(have, need)}>
                {t.ofShort(have, need)}
              </progress>
              {words}
            </dd>
          </div>
        ))}
      </dl>
      {met && <p class="saved">{t.met}</p>}
      <p class="soft">{t.fixed}</p>
    </section>
  );
}
