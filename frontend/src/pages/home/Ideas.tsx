import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { me } from "../../me";
import { paths } from "../../paths";
import { longDay } from "../../text/dates";
import { homeIdeas as t } from "../../text/en/proposals/proposals";
import { firstOpen } from "../proposals/ideas/questions";

type Proposal = Schemas["ProposalRead"];
type Asked = { proposal: Proposal; closes_at: string };
type Waiting = { calls: Asked[]; drafts: Proposal[]; desk: boolean };

// Whoever is asked about more finds the rest on the page of proposals.
const MOST = 5;

const nothing: Waiting = { calls: [], drafts: [], desk: false };

/** Who leads an umbrella may find proposals on a desk that the navigation does not show. */
const leads = (): boolean =>
  Boolean(me.value?.roles.some(({ role, state }) => role === "lead" && state === "active"));

/** Calls the reader has not answered, and drafts they have not handed in. */
async function waiting(signal: AbortSignal): Promise<Waiting> {
  const [called, drafts, desk] = await Promise.all([
    api.get("/v1/proposals", { query: { state: ["interest_call"], limit: MOST }, signal }),
    api.get("/v1/proposals", { query: { mine: true, state: ["draft"], limit: MOST }, signal }),
    leads() ? api.get("/v1/proposals", { query: { desk: true, limit: 1 }, signal }) : { items: [] },
  ]);
  const asked = called.items.map(async (proposal) => {
    const path = { proposal_id: proposal.id };
    const [call] = (await api.get("/v1/proposals/{proposal_id}/calls", { path, signal })).items;
    const open = call && !call.my_answer && Date.parse(call.opens_at) <= Date.now();
    return open ? [{ proposal, closes_at: call.closes_at }] : [];
  });
  return {
    calls: (await Promise.all(asked)).flat(),
    drafts: drafts.items.filter(({ proposer_id }) => proposer_id === me.value?.id),
    desk: desk.items.length > 0,
  };
}

/** It is a courtesy of the home page, so a failure leaves it out. */
export function Ideas() {
  const load = useLoad((signal) => waiting(signal).catch(() => nothing), []);
  if (load.state !== "ready") return null;
  const { calls, drafts, desk } = load.value;
  if (!calls.length && !drafts.length && !desk) return null;
  const zone = me.value?.timezone ?? "UTC";
  return (
    <section aria-labelledby="ideas">
      <h2 id="ideas">{t.title}</h2>
      <ul class="list rows">
        {calls.map(({ proposal, closes_at }) => (
          <li key={proposal.id}>
            <div>
              <p class="needs">{t.calls}</p>
              <h3>
                <a href={`${paths.proposal(proposal.id)}#call`}>{proposal.name}</a>
              </h3>
            </div>
            <p class="soft">{t.call(longDay(closes_at, zone))}</p>
          </li>
        ))}
        {drafts.map((draft) => (
          <li key={draft.id}>
            <div>
              <a href={paths.proposeQuestion(draft.id, firstOpen(draft))}>{t.goOn(draft.name)}</a>
            </div>
            <p class="soft">{t.draft}</p>
          </li>
        ))}
      </ul>
      {desk && (
        <p>
          <a href={paths.desk()}>{t.desk}</a>
        </p>
      )}
    </section>
  );
}
