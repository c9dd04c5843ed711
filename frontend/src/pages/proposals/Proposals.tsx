import type { ComponentChildren } from "preact";
import { api, type Schemas } from "../../api/client";
import { useList } from "../../api/list";
import { Loaded, Trouble } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { proposals as t } from "../../text/en/proposals/proposals";
import { Crumbs } from "../../ui/Crumbs";
import { More } from "../../ui/More";
import { Title } from "../../ui/Title";
import { ProposalRow } from "./ProposalRow";

type Proposal = Schemas["ProposalRead"];
type State = Proposal["state"];

// What is no call and no longer private: everybody in the network may follow it.
const onTheirWay: State[] = ["submitted", "scoping", "interest_met", "interest_not_met", "planning", "scheduled"];

/** Calls that ask the reader, the reader's own ideas, and what else is on its way. */
export default function Proposals() {
  return (
    <div class="wide stack">
      <div>
        <Crumbs way={[{ to: paths.communities(), name: t.network }]} />
        <Title>{t.title}</Title>
        <p class="lead">{t.lead}</p>
        <p>
          <a class="button" href={paths.propose()}>
            {t.propose}
          </a>
        </p>
      </div>
      <Group id="calls" title={t.calls} query={{ state: ["interest_call"] }}>
        <p class="soft">{t.noCalls}</p>
      </Group>
      <Group id="mine" title={t.mine} query={{ mine: true }}>
        <p class="soft">{t.noMine}</p>
      </Group>
      <Group id="others" title={t.others} query={{ state: onTheirWay }} without={isMine} />
    </div>
  );
}

/** What names the reader stands among their own already. */
const isMine = ({ proposer_id, proposed_lead_id, co_supporters }: Proposal): boolean => {
  const mine = me.value?.id ?? "";
  return proposer_id === mine || proposed_lead_id === mine || co_supporters.includes(mine);
};

type GroupProps = {
  id: string;
  title: string;
  query: { state?: State[]; mine?: boolean };
  without?: (proposal: Proposal) => boolean;
  /** What to say when there is nothing; without it an empty group is left out. */
  children?: ComponentChildren;
};

function Group({ id, title, query, without, children }: GroupProps) {
  const list = useList<Proposal>(
    (cursor, signal) =>
      api.get("/v1/proposals", { query: { ...query, ...cursor, limit: 20 }, ...(signal && { signal }) }),
    [],
  );
  const shown = (items: readonly Proposal[]) => items.filter((one) => !without?.(one));
  if (!children && list.state === "ready" && !shown(list.value).length && !list.more) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Loaded load={list}>
        {(items) =>
          items.length ? (
            <ul class="list rows">
              {shown(items).map((proposal) => (
                <ProposalRow key={proposal.id} proposal={proposal} />
              ))}
            </ul>
          ) : (
            children
          )
        }
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {t.more}
      </More>
    </section>
  );
}
