import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { paths } from "../../paths";
import { community as t } from "../../text/en/communities";
import { cadences, label, linkKinds, modes, stageOrder, stages, visibilities } from "../../text/en/values";
import { language, list } from "../../text/format";
import { Prose } from "../../ui/Prose";
import { StageLeaves } from "../../ui/StageLeaves";

type CommunityRead = Schemas["CommunityRead"];
type Props = { community: CommunityRead; charter: Schemas["Charter"] | undefined };

/** The name of a language in the reader's own. */
const languageName = (tag: string): string =>
  new Intl.DisplayNames(language(), { type: "language" }).of(tag) ?? tag;

export function CharterWords({ community, charter }: Props) {
  const stage = stageOrder.indexOf(community.stage);
  const texts = [
    { term: t.terms.domain, text: community.domain },
    { term: t.terms.audience, text: community.audience },
    { term: t.terms.practice, text: community.practice },
  ].filter(({ text }) => text);
  const facts = [
    {
      term: t.terms.rhythm,
      text: t.rhythm(label(cadences, community.cadence), label(modes, community.mode).toLocaleLowerCase()),
    },
    { term: t.terms.region, text: community.region },
    { term: t.terms.topics, text: list(community.topics) },
    { term: t.terms.languages, text: list(community.languages.map(languageName)) },
    { term: t.terms.access, text: label(visibilities, community.visibility) },
    {
      term: t.signposts,
      text: (charter?.signposts ?? []).map(({ label: name, contact }) => `${name}: ${contact}`).join("\n"),
    },
  ].filter(({ text }) => text);
  return (
    <>
      <dl class="summary">
        {texts.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              <Prose text={text} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t.terms.stage}</dt>
          <dd>
            <StageLeaves count={stage + 1} of={stageOrder.length} />
            {t.stageOf(label(stages, community.stage), stage, community.founded_on.slice(0, 4))}
          </dd>
        </div>
        {facts.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd class="prose">{text}</dd>
          </div>
        ))}
        <Links community={community} />
        <Beneath community={community} />
      </dl>
      {community.can.includes("edit") && (
        <p>
          <a class="button quiet" href={paths.charter(community.id)}>
            {t.edit}
          </a>
        </p>
      )}
    </>
  );
}

/** Communities it works together with. The list is a courtesy, so a failure leaves it out. */
function Links({ community: { id } }: { community: CommunityRead }) {
  const load = useLoad(
    async (signal) => {
      const { items } = await api.get("/v1/communities/{community_id}/links", {
        path: { community_id: id },
        query: { limit: 20 },
        signal,
      });
      const accepted = items.filter(({ state }) => state === "accepted");
      const named = accepted.map(async ({ from_id, to_id, kind }) => {
        const community_id = from_id === id ? to_id : from_id;
        const { name } = await api.get("/v1/communities/{community_id}", { path: { community_id }, signal });
        return { community_id, name, kind };
      });
      const settled = await Promise.allSettled(named);
      return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    },
    [id],
  );
  if (load.state !== "ready" || !load.value.length) return null;
  return (
    <div>
      <dt>{t.terms.together}</dt>
      <dd>
        <ul>
          {load.value.map(({ community_id, name, kind }) => (
            <li key={community_id}>
              <a href={paths.community(community_id)}>{name}</a>{" "}
              <span class="soft">{label(linkKinds, kind)}</span>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

function Beneath({ community: { id } }: { community: CommunityRead }) {
  const load = useLoad(
    (signal) => api.get("/v1/communities", { query: { parent_id: id, sort: "name", limit: 100 }, signal }),
    [id],
  );
  if (load.state !== "ready" || !load.value.items.length) return null;
  return (
    <div>
      <dt>{t.terms.beneath}</dt>
      <dd>
        <ul>
          {load.value.items.map((child) => (
            <li key={child.id}>
              <a href={paths.community(child.id)}>{child.name}</a>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
