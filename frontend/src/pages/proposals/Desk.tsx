import { api, type Schemas } from "../../api/client";
import { useList } from "../../api/list";
import { useLoad } from "../../api/load";
import { Loaded, Trouble } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { desk as t } from "../../text/en/proposals/proposals";
import { proposalStates } from "../../text/en/proposals/states";
import { nextSteps } from "../../text/en/proposals/values";
import { label } from "../../text/format";
import { More } from "../../ui/More";
import { Empty } from "../../ui/Notice";
import { Title } from "../../ui/Title";
import { byParty, daysStood } from "./standing";

type Proposal = Schemas["ProposalRead"];

/** What waits for whom, and for how long. */
export default function Desk() {
  const list = useList<Proposal>(
    (cursor, signal) =>
      api.get("/v1/proposals", {
        query: { ...cursor, desk: true, sort: "waiting", limit: 100 },
        ...(signal && { signal }),
      }),
    [],
  );
  return (
    <div class="wide stack">
      <div>
        <Title>{t.title}</Title>
        <p class="lead">{t.lead}</p>
      </div>
      <Loaded load={list}>
        {(items) =>
          items.length ? (
            <>
              {byParty(items).map(({ party, items: waiting }) => (
                <section key={party} aria-labelledby={`for-${party}`}>
                  <h2 id={`for-${party}`}>{label(t.groups, party)}</h2>
                  <ul class="list rows">
                    {waiting.map((proposal) => (
                      <Row key={proposal.id} proposal={proposal} warm={party === "coordinator"} />
                    ))}
                  </ul>
                </section>
              ))}
            </>
          ) : (
            <Empty title={t.empty.title}>
              <p>{t.empty.text}</p>
              <a href={paths.proposals()}>{t.empty.all}</a>
            </Empty>
          )
        }
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {t.more}
      </More>
      <Requests />
    </div>
  );
}

const Row = ({ proposal, warm }: { proposal: Proposal; warm: boolean }) => (
  <li>
    <div>
      <h3>
        <a href={paths.proposal(proposal.id)}>{proposal.name}</a>
      </h3>
      <p class="soft">{proposal.parent_name}</p>
    </div>
    <div>
      <p class={warm ? "needs" : undefined}>
        {t.stood(daysStood(proposal.state_since, me.value?.timezone ?? "UTC"))}:{" "}
        {label(proposalStates, proposal.state)}
      </p>
      <p class="soft">{label(nextSteps, proposal.state)}</p>
    </div>
  </li>
);

// Those who look after very many communities see the first of them here, and the rest on their pages.
const MOST = 12;

/** People who ask to join where the reader decides. It is a courtesy, so a failure leaves it out. */
function Requests() {
  const led = (me.value?.roles ?? [])
    .filter(({ role, state }) => state === "active" && (role === "lead" || role === "coordinator"))
    .slice(0, MOST)
    .map(({ community_id }) => community_id);
  const load = useLoad(
    async (signal) => {
      const pages = led.map((community_id) =>
        api.get("/v1/communities/{community_id}/memberships", {
          path: { community_id },
          query: { state: ["requested"], limit: 20 },
          signal,
        }),
      );
      return (await Promise.all(pages)).map(({ items }) => items).filter((items) => items.length);
    },
    [led.join()],
  );
  if (load.state !== "ready" || !load.value.length) return null;
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">{t.requestsTitle}</h2>
      <ul class="list">
        {load.value.map(([first, ...others]) =>
          first ? (
            <li key={first.community_id}>
              <p class="needs">{t.requests(others.length + 1)}</p>
              <a href={paths.people(first.community_id)}>{t.answerThem(first.community_name)}</a>
            </li>
          ) : null,
        )}
      </ul>
    </section>
  );
}
