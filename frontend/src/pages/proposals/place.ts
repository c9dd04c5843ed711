import type { Schemas } from "../../api/client";
import { paths } from "../../paths";
import { firstOpen } from "./ideas/questions";

/** Where to go on with a proposal: a draft of one's own is written, everything else is read. */
export const placeOf = (proposal: Schemas["ProposalRead"]): string =>
  proposal.state === "draft" && proposal.can.includes("submit")
    ? paths.proposeQuestion(proposal.id, firstOpen(proposal))
    : paths.proposal(proposal.id);
