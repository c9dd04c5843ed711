import type { Schemas } from "../../../api/client";
import { call as t } from "../../../text/en/proposals/proposal";

/** How far a call is, measured by marks that were set before it opened. */
export function HowFar({ call }: { call: Schemas["CallRead"] }) {
  const { people, organisations, co_leads, met } = call.progress;
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
