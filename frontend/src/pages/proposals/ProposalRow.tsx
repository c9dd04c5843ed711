import type { Schemas } from "../../api/client";
import { me } from "../../me";
import { date } from "../../text/dates";
import { proposals as t } from "../../text/en/proposals/proposals";
import { proposalStates } from "../../text/en/proposals/states";
import { nextSteps } from "../../text/en/proposals/values";
import { label } from "../../text/format";
import { placeOf } from "./place";

type Proposal = Schemas["ProposalRead"];

/** What it is, where it stands and since when. */
export const ProposalRow = ({ proposal }: { proposal: Proposal }) => (
  <li>
    <div>
      <h3>
        <a href={placeOf(proposal)}>{proposal.name}</a>
      </h3>
      {proposal.purpose && <p>{proposal.purpose}</p>}
      <p class="soft">{t.by(proposal.proposer_name, proposal.parent_name)}</p>
    </div>
    <div>
      <p>
        <span class={proposal.state === "interest_call" ? "tag warm" : "tag"}>
          {label(proposalStates, proposal.state)}
        </span>
      </p>
      <p class="soft">
        {label(nextSteps, proposal.state)} {t.since(date(proposal.state_since, me.value?.timezone ?? "UTC"))}
      </p>
    </div>
  </li>
);
