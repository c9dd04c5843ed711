import { useRoute } from "preact-iso";
import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { community as t } from "../../text/en/communities";
import { Crumbs } from "../../ui/Crumbs";
import { PageParts, type Part } from "../../ui/PageParts";
import { Title } from "../../ui/Title";
import { Belonging } from "./Belonging";
import { CharterWords } from "./CharterWords";
import { GroundRules } from "./GroundRules";
import { PeopleWords } from "./PeopleWords";
import { Programme } from "./Programme";

type CommunityRead = Schemas["CommunityRead"];

type Whole = {
  community: CommunityRead;
  /** Absent where the content is for members only. */
  charter: Schemas["Charter"] | undefined;
  mine: Schemas["MembershipRead"] | undefined;
  parent: CommunityRead | undefined;
};

async function whole(community_id: string, signal: AbortSignal): Promise<Whole> {
  const path = { community_id };
  const community = await api.get("/v1/communities/{community_id}", { path, signal });
  const person_id = me.value?.id;
  const [charter, mine, parent] = await Promise.all([
    api.get("/v1/communities/{community_id}/charter", { path, signal }),
    person_id && community.my_state
      ? api.get("/v1/communities/{community_id}/memberships", {
          path,
          query: { person_id, limit: 1 },
          signal,
        })
      : undefined,
    // An umbrella may be hidden from people who see what stands beneath it.
    community.parent_id
      ? api
          .get("/v1/communities/{community_id}", { path: { community_id: community.parent_id }, signal })
          .catch(() => undefined)
      : undefined,
  ]);
  return { community, charter, mine: mine?.items[0], parent };
}

export default function Community() {
  const { community_id } = useRoute().params as { community_id: string };
  const load = useLoad((signal) => whole(community_id, signal), [community_id]);
  return (
    <Loaded load={load} page>
      {(all) => <Page key={all.community.id} {...all} again={load.again} />}
    </Loaded>
  );
}

function Page({ community, charter, mine, parent, again }: Whole & { again: () => void }) {
  const can = new Set(community.can);
  const parts: Part[] = [
    { id: "next", title: t.next, content: <Programme community={community} /> },
    { id: "charter", title: t.charter, content: <CharterWords community={community} charter={charter} /> },
    { id: "rules", title: t.rules, content: <GroundRules charter={charter} /> },
    { id: "people", title: t.people, content: <PeopleWords community={community} /> },
  ];
  return (
    <div class="wide stack">
      <div>
        <Crumbs
          way={[
            { to: paths.communities(), name: t.network },
            ...(parent ? [{ to: paths.community(parent.id), name: parent.name }] : []),
          ]}
        />
        <Title>{community.name}</Title>
        {community.purpose && <p class="lead">{community.purpose}</p>}
        <Belonging community={community} mine={mine} rules={charter?.ground_rules ?? []} onChange={again} />
        {can.has("measure") && (
          <p>
            <a href={paths.communityInsight(community.id)}>{t.numbers}</a>{" "}
            <a href={paths.communityPlan(community.id)}>{t.plan}</a>
          </p>
        )}
      </div>
      <PageParts parts={parts} />
    </div>
  );
}
