import type { Schemas } from "../../../api/client";
import { paths } from "../../../paths";
import { proposal } from "../../../text/en/proposals/proposal";
import { verdicts } from "../../../text/en/similarity";
import { label } from "../../../text/format";
import { Notice } from "../../../ui/Notice";
import { quotedIn } from "../../similarity/marks";
import { Reasons } from "../../similarity/Reasons";

const t = proposal.similar;

/** What is like it, as its proposer saw it, and how they say theirs differs. */
export default function Likeness({ story: { similar, differences, hidden_match } }: { story: Schemas["ProposalStory"] }) {
  return (
    <section aria-labelledby="similar-title">
      <h2 id="similar-title">{t.title}</h2>
      {hidden_match && (
        <Notice kind="warm">
          <p>{t.hidden}</p>
        </Notice>
      )}
      {similar.length ? (
        <ul class="list">
          {similar.map(({ id, kind, name, verdict, reasons }) => {
            const said = differences.find((difference) => difference.id === id);
            return (
              <li key={id}>
                <p class="kicker">{label(verdicts, verdict)}</p>
                <h3>
                  <a href={kind === "proposal" ? paths.proposal(id) : paths.community(id)}>{name}</a>
                </h3>
                <Reasons reasons={reasons} shared={quotedIn(reasons)} />
                <p class="soft">{said ? t.differs(said.difference) : t.noDifference}</p>
              </li>
            );
          })}
        </ul>
      ) : (
        <p class="soft">{t.none}</p>
      )}
    </section>
  );
}
