import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { everyPage } from "../../api/every";
import { later } from "../../api/later";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { longDay } from "../../text/dates";
import { proposal as t } from "../../text/en/proposals/proposal";
import { nextSteps, waitingOn } from "../../text/en/proposals/values";
import { label } from "../../text/format";
import { Crumbs } from "../../ui/Crumbs";
import { Notice } from "../../ui/Notice";
import { Title } from "../../ui/Title";
import { HowFar } from "./calls/HowFar";
import { Forming } from "./Forming";
import { Idea } from "./ideas/Idea";
import { Story } from "./moves/Story";
import { placeOf } from "./place";
import { daysStood } from "./standing";
import Stones from "./Stones";

// Most people only read and answer; what a few may do is fetched for those few.
const WouldYouCome = later(() => import("./calls/WouldYouCome"));
const Decide = later(() => import("./moves/Decide"));
const Ending = later(() => import("./moves/Ending"));
const Office = later(() => import("./moves/Office"));
const Soundings = later(() => import("./soundings/Soundings"));
const DatePoll = later(() => import("./polls/DatePoll"));
const Likeness = later(() => import("./ideas/Likeness"));
const Reach = later(() => import("./calls/Reach"));

export type Whole = {
  proposal: Schemas["ProposalRead"];
  story: Schemas["ProposalStory"];
  calls: Schemas["CallRead"][];
  /** In the order they were taken. */
  steps: Schemas["TransitionRead"][];
  polls: Schemas["PollRead"][];
};

/** Steps and verbs for which there is a panel. */
const deciding = [
  "assess",
  "refer",
  "open_call",
  "nudge",
  "confirm_interest",
  "name_office",
  "plan",
  "schedule",
  "launch",
];
const forming = ["planning", "scheduled", "launched"];

async function whole(proposal_id: string, signal: AbortSignal): Promise<Whole> {
  const path = { proposal_id };
  const proposal = await api.get("/v1/proposals/{proposal_id}", { path, signal });
  const [story, calls, steps, polls, now] = await Promise.all([
    api.get("/v1/proposals/{proposal_id}/story", { path, signal }),
    api.get("/v1/proposals/{proposal_id}/calls", { path, signal }),
    everyPage((cursor) =>
      api.get("/v1/proposals/{proposal_id}/transitions", { path, query: { ...cursor, limit: 100 }, signal }),
    ),
    forming.includes(proposal.state)
      ? api.get("/v1/proposals/{proposal_id}/date-polls", { path, signal })
      : { items: [] },
    // Whoever decides sees what is like it now, as far as they may, and not only what its proposer saw.
    proposal.can.includes("refer") || proposal.can.includes("assess")
      ? api.get("/v1/proposals/{proposal_id}/candidates", { path, signal })
      : undefined,
  ]);
  if (now) story.similar = now.items;
  return { proposal, story, calls: calls.items, steps: steps.toReversed(), polls: polls.items };
}

/** What every part of the page is given. */
export type PartProps = Whole & {
  onChange: () => void;
  /** Somebody else was quicker: show how it stands now, and what was written here. */
  onQuicker: (written: string) => void;
};

export default function Proposal() {
  const { proposal_id } = useRoute().params as { proposal_id: string };
  const load = useLoad((signal) => whole(proposal_id, signal), [proposal_id]);
  return (
    <Loaded load={load} page>
      {(all) => <Page key={all.proposal.id} {...all} again={load.again} />}
    </Loaded>
  );
}

function Page({ again, ...all }: Whole & { again: () => void }) {
  const { proposal, story, calls, steps } = all;
  const [quicker, setQuicker] = useState<string>();
  const zone = me.value?.timezone ?? "UTC";
  const can = new Set(proposal.can);
  const newest = calls[0];
  const asking = proposal.state === "interest_call" ? newest : undefined;
  const parts: PartProps = {
    ...all,
    onChange: () => {
      setQuicker(undefined);
      again();
    },
    onQuicker: (written) => {
      setQuicker(written);
      again();
    },
  };
  const office = story.offices.find(({ person, accepted }) => person.id === me.value?.id && accepted === null);
  return (
    <div class="wide stack">
      <div>
        <Crumbs
          way={[
            { to: paths.communities(), name: t.network },
            { to: paths.proposals(), name: t.crumbs },
          ]}
        />
        <Title>{proposal.name}</Title>
        {proposal.purpose && <p class="lead">{proposal.purpose}</p>}
        <p class="soft">{t.by(proposal.proposer_name, proposal.parent_name)}</p>
      </div>
      {quicker !== undefined && (
        <Notice kind="warm" title={t.quicker.title} focus>
          <p>{t.quicker.text}</p>
          {quicker && (
            <>
              <p>{t.quicker.yours}</p>
              <blockquote class="prose">{quicker}</blockquote>
            </>
          )}
        </Notice>
      )}
      <Stones steps={steps} until={asking && longDay(asking.closes_at, zone)} />
      <section aria-labelledby="next-title">
        <h2 id="next-title">{t.next}</h2>
        <p>
          {label(nextSteps, proposal.state)}
          {proposal.waiting_on !== "nobody" && (
            <>
              {" "}
              <strong>{t.acts(label(waitingOn, proposal.waiting_on))}</strong>{" "}
              {t.stood(daysStood(proposal.state_since, zone))}
            </>
          )}
        </p>
        <div class="actions">
          {proposal.state === "draft" && can.has("submit") && (
            <a class="button" href={placeOf(proposal)}>
              {t.goOn}
            </a>
          )}
          {proposal.state !== "draft" && can.has("edit") && (
            <a href={paths.proposeQuestion(proposal.id, "name")}>{t.edit}</a>
          )}
        </div>
      </section>
      {office && <Office {...parts} office={office} />}
      {deciding.some((step) => can.has(step)) && <Decide {...parts} />}
      {proposal.community_id && <Forming proposal={proposal} />}
      {(all.polls.length > 0 || can.has("ask_dates")) && <DatePoll {...parts} />}
      {newest && (
        <div class="columns">
          {asking && can.has("express") ? <WouldYouCome call={asking} onChange={parts.onChange} /> : null}
          <HowFar call={newest} />
        </div>
      )}
      {can.has("ask_soundings") && <Soundings {...parts} />}
      <div class="columns">
        <Story steps={steps} />
        <Idea proposal={proposal} story={story} />
      </div>
      {newest?.reach && <Reach call={newest} reach={newest.reach} />}
      {can.has("see_soundings") && !can.has("ask_soundings") && <Soundings {...parts} />}
      {(story.similar.length > 0 || story.hidden_match !== null) && <Likeness story={story} />}
      {["withdraw", "appeal", "revive"].some((step) => can.has(step)) && <Ending {...parts} />}
    </div>
  );
}
