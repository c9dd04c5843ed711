import type { Schemas } from "../../../api/client";
import { proposal as words } from "../../../text/en/proposals/proposal";
import { list } from "../../../text/format";

const t = words.terms;

type Props = { proposal: Schemas["ProposalRead"]; story: Schemas["ProposalStory"] };

const named = ({ name, organisation }: Schemas["Named"]): string =>
  organisation ? `${name} (${organisation})` : name;

/** Everything a proposal says, and who stands behind it. */
export function Idea({ proposal, story }: Props) {
  const facts = [
    { term: t.domain, text: proposal.domain },
    { term: t.audience, text: proposal.audience },
    { term: t.why_now, text: proposal.why_now },
    { term: t.region, text: proposal.region },
    { term: t.topics, text: list(proposal.topics) },
    { term: t.proposer, text: named(story.proposer) },
    { term: t.lead, text: story.proposed_lead ? named(story.proposed_lead) : "" },
    { term: t.supporters, text: list(story.co_supporters.map(named)) },
  ].filter(({ text }) => text);
  return (
    <section aria-labelledby="idea-title">
      <h2 id="idea-title">{words.idea}</h2>
      <dl class="summary">
        {facts.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd class="prose">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
