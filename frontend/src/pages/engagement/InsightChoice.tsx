import { api, type Schemas } from "../../api/client";
import { everyPage } from "../../api/every";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { find } from "../../text/en/find";
import { insight } from "../../text/en/insight";
import { label, stages } from "../../text/en/values";
import { Alive } from "../../ui/Alive";
import { Empty } from "../../ui/Notice";
import { Title } from "../../ui/Title";

const t = insight.choice;

type Community = Schemas["CommunityRead"];

/** Where the reader belongs, and everything beneath what they coordinate. */
async function reached(signal: AbortSignal): Promise<Community[]> {
  const held = me.value?.roles ?? [];
  const coordinated = held.filter(({ role, state }) => role === "coordinator" && state === "active");
  const scopes = [{ mine: true }, ...coordinated.map(({ community_id }) => ({ within: community_id }))];
  const lists = await Promise.all(
    scopes.map((scope) =>
      everyPage((cursor) =>
        api.get("/v1/communities", { query: { ...cursor, ...scope, sort: "name", limit: 100 }, signal }),
      ),
    ),
  );
  const each = new Map(lists.flat().map((community) => [community.id, community]));
  return [...each.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The communities whose numbers the reader may see. */
export default function InsightChoice() {
  const list = useLoad(reached, []);
  return (
    <div class="wide">
      <Title>{t.title}</Title>
      <p class="lead">{t.lead}</p>
      <Loaded load={list}>
        {(communities) => {
          const measured = communities.filter(({ can }) => can.includes("measure"));
          return measured.length ? (
            <ul class="list">
              {measured.map(({ id, name, stage, member_count }) => (
                <li key={id}>
                  <h2 class="as-h3">
                    <a href={paths.communityInsight(id)}>{name}</a>
                  </h2>
                  <Alive stage={stage}>
                    {label(stages, stage)}. {find.members(member_count)}.
                  </Alive>
                </li>
              ))}
            </ul>
          ) : (
            <Empty title={t.none}>
              <a class="button" href={paths.communities()}>
                {t.find}
              </a>
            </Empty>
          );
        }}
      </Loaded>
    </div>
  );
}
