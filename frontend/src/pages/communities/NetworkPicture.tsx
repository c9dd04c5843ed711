import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { find as t } from "../../text/en/find";
import { stageHints, stageOrder, stages } from "../../text/en/values";
import { TrellisPicture } from "../../ui/charts/TrellisPicture";
import { stemsOf } from "./stems";

type Node = Schemas["TreeNode"];

/** The network the reader lives in, read from any community they see. */
async function networkTree(signal: AbortSignal): Promise<Node[]> {
  const community_id =
    me.value?.roles[0]?.community_id ??
    (await api.get("/v1/communities", { query: { limit: 1 }, signal })).items[0]?.id;
  if (!community_id) return [];
  return (await api.get("/v1/communities/{community_id}/tree", { path: { community_id }, signal })).items;
}

export function NetworkPicture() {
  const load = useLoad(networkTree, []);
  return (
    <Loaded load={load}>
      {(nodes) => {
        const mine = new Set(
          me.value?.roles.filter(({ state }) => state === "active").map(({ community_id }) => community_id),
        );
        const stems = stemsOf(nodes, mine, stageOrder, t.across);
        if (!stems.length) return null;
        const communities = stems.reduce((sum, { plants }) => sum + plants.length, 0);
        return (
          <figure aria-labelledby="tree-title">
            <div class="heading-row">
              <h2 id="tree-title">{t.today}</h2>
              <p class="soft">{t.todayText(communities, stems.length)}</p>
            </div>
            <TrellisPicture
              title={t.pictureTitle}
              desc={t.pictureDesc(stems.map(({ name }) => name))}
              region={t.picture}
              root={nodes.find(({ depth }) => depth === 1)?.name ?? ""}
              rungs={stageOrder.map((stage) => ({
                name: stages[stage] ?? stage,
                hint: stageHints[stage] ?? "",
              }))}
              stems={stems}
              linkTo={paths.community}
              words={t.key}
            />
          </figure>
        );
      }}
    </Loaded>
  );
}
