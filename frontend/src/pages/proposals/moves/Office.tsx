import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { Trouble, useDoing } from "../../../api/problems";
import { deciding } from "../../../text/en/proposals/deciding";
import type { PartProps } from "../Proposal";

const t = deciding.office;

/** “Would you lead it?”, asked of whoever was named. */
export default function Office({
  proposal,
  office: { office },
  onChange,
}: PartProps & { office: Schemas["OfficeRead"] }) {
  const [said, say] = useState(false);
  const { busy, trouble, run } = useDoing();
  const answer = (accept: boolean) =>
    run(async () => {
      await api.put("/v1/proposals/{proposal_id}/offices/{office}/answer", {
        path: { proposal_id: proposal.id, office },
        body: { accept },
      });
      say(true);
      onChange();
    });
  if (said) return null;
  return (
    <section class="card" aria-labelledby="office-title">
      <p class="needs kicker">{deciding.title}</p>
      <h2 id="office-title">{t[office]}</h2>
      <p>{office === "lead" ? t.leadText : t.sponsorText}</p>
      <Trouble words={trouble} />
      <div class="actions">
        <button class="button" type="button" aria-disabled={busy} onClick={() => void answer(true)}>
          {t.yes}
        </button>
        <button class="button quiet" type="button" aria-disabled={busy} onClick={() => void answer(false)}>
          {t.no}
        </button>
      </div>
    </section>
  );
}
