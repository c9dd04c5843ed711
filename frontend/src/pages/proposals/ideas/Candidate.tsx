import { useState } from "preact/hooks";
import type { Schemas } from "../../../api/client";
import { later } from "../../../api/later";
import { paths } from "../../../paths";
import { propose } from "../../../text/en/proposals/propose";
import { verdicts } from "../../../text/en/similarity";
import { label } from "../../../text/format";
import { quotedIn } from "../../similarity/marks";
import { Reasons } from "../../similarity/Reasons";
import type { Draft } from "./useDraft";

const t = propose.alike;
const Outcomes = later(() => import("./Outcomes"));
const Different = later(() => import("./Different"));

type Difference = Schemas["DifferenceRead"];
/** Something similar, as it was found a moment ago or as it was shown before. */
export type Shown = Schemas["Seen"] & { shared?: string[]; status?: string };

/** What the proposer can do beside something similar; without a draft there is only something to read. */
export type Beside = {
  draft: Draft | undefined;
  differences: readonly Difference[];
  onDifferences: (items: Difference[]) => void;
  onDraft: (draft: Draft) => void;
  flush: () => Promise<boolean>;
};

/** One thing that exists already: why it is alike, and what may be done about that. */
export function Candidate({ one, draft, ...beside }: Beside & { one: Shown }) {
  const [open, setOpen] = useState(false);
  const said = beside.differences.find(({ id }) => id === one.id);
  const address = one.kind === "proposal" ? paths.proposal(one.id) : paths.community(one.id);
  return (
    <li>
      <p class="kicker">{label(verdicts, one.verdict)}</p>
      <h3>
        <a href={address}>{one.name}</a>
      </h3>
      <Reasons reasons={one.reasons} shared={one.shared ?? quotedIn(one.reasons)} />
      {one.status && t.status[one.status] && <p class="soft">{t.status[one.status]}</p>}
      {said && <p class="soft">{t.youSaid(said.difference)}</p>}
      {draft?.can.includes("choose_outcome") ? (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t.act(one.name)}</summary>
          {open && <Outcomes one={one} draft={draft} {...beside} />}
        </details>
      ) : (
        draft?.can.includes("edit") && <Different one={one} draft={draft} {...beside} />
      )}
    </li>
  );
}

export type Acting = Omit<Beside, "draft"> & { one: Shown; draft: Draft };
