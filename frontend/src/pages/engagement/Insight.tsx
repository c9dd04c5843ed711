import { useLocation, useRoute } from "preact-iso";
import { api, type Schemas } from "../../api/client";
import { later } from "../../api/later";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { paths } from "../../paths";
import { insight as t } from "../../text/en/insight";
import { Crumbs } from "../../ui/Crumbs";
import { Title } from "../../ui/Title";
import { MixPlate } from "./MixPlate";
import type { Definition } from "./NumberTile";
import { trends, written, type Value } from "./reading";
import { halves, tileIds, Tiles } from "./Tiles";
import { WindowChoice } from "./WindowChoice";
import { dayBefore, windowOf, type Window } from "./windows";

type Community = Schemas["CommunityRead"];

// The larger pictures stand further down, so the numbers need not wait for them.
const TrendPlate = later(() => import("./TrendPlate"));
const TiesPlate = later(() => import("./TiesPlate"));

const asked = [...tileIds, "participation_mix"].join(",");

export default function Insight() {
  const { community_id } = useRoute().params as { community_id: string };
  const load = useLoad(
    (signal) => api.get("/v1/communities/{community_id}", { path: { community_id }, signal }),
    [community_id],
  );
  return (
    <Loaded load={load} page>
      {(community) => <Page key={community.id} community={community} />}
    </Loaded>
  );
}

type Numbers = {
  values: Value[];
  definitions: Definition[];
  as_of: string | undefined;
  told: string;
};

async function numbersOf(community_id: string, { from, to }: Window, signal: AbortSignal): Promise<Numbers> {
  const [{ items, disclosure }, catalogue] = await Promise.all([
    api.get("/v1/communities/{community_id}/metrics", {
      path: { community_id },
      query: { ids: asked, from, to },
      signal,
    }),
    api.get("/v1/metrics", { query: { limit: 100 }, signal }),
  ]);
  return { values: items, definitions: catalogue.items, as_of: items[0]?.as_of, told: disclosure };
}

function Page({ community }: { community: Community }) {
  const { query, route } = useLocation();
  const community_id = community.id;
  const window = windowOf(query, community.timezone);
  const trend = trends.find((id) => id === query["trend"]) ?? trends[0];
  const span: Record<string, string> =
    window.months === null
      ? { from: window.from, to: dayBefore(window.to) }
      : { months: String(window.months) };
  const keep: Record<string, string> = query["trend"] ? { trend } : {};

  const load = useLoad(
    (signal) => numbersOf(community_id, window, signal),
    [community_id, window.from, window.to],
  );
  return (
    <div class="wide">
      <div class="stack">
        <div>
          <Crumbs way={[{ to: paths.community(community_id), name: community.name }]} />
          <Title tab={t.tab(community.name)}>{t.title}</Title>
          {load.state === "ready" && <p class="lead">{answer(load.value.values)}</p>}
          <WindowChoice
            key={window.from + window.to}
            community_id={community_id}
            window={window}
            keep={keep}
            onDays={(from, to) => route(paths.communityInsight(community_id, { ...keep, from, to }))}
          />
        </div>
        <Loaded load={load}>
          {({ values, ...numbers }) => (
            <Tiles
              id="numbers"
              title={t.numbers}
              values={halves(values)[0]}
              window={window}
              zone={community.timezone}
              {...numbers}
            />
          )}
        </Loaded>
      </div>
      {load.state === "ready" && (
        <Plates
          community={community}
          window={window}
          numbers={load.value}
          trend={trend}
          onTrend={(metric) => route(paths.communityInsight(community_id, { ...span, trend: metric }), true)}
        />
      )}
    </div>
  );
}

type PlatesProps = {
  community: Community;
  window: Window;
  numbers: Numbers;
  trend: string;
  onTrend: (metric: string) => void;
};

/** The pictures: who takes part, how it changes, and who meets whom. */
function Plates({ community, window, numbers: { values, definitions }, trend, onTrend }: PlatesProps) {
  const mix = values.find(({ metric_id }) => metric_id === "participation_mix");
  return (
    <>
      {mix && <MixPlate value={mix} definition={definitions.find(({ id }) => id === mix.metric_id)} />}
      <TrendPlate community_id={community.id} metric={trend} window={window} onChoose={onTrend} />
      <div class="plate">
        <Tiles
          id="further"
          title={t.further}
          values={halves(values)[1]}
          definitions={definitions}
          window={window}
          zone={community.timezone}
        />
      </div>
      <TiesPlate community_id={community.id} window={window} definitions={definitions} />
    </>
  );
}

/** The first sentence of the page is its answer. */
function answer(values: readonly Value[]): string {
  const rate = values.find(({ metric_id }) => metric_id === "active_rate");
  if (rate?.status === "suppressed") return t.lead.withheld;
  return rate?.value == null ? t.lead.unknown : t.lead.lively(written(rate.value, rate.unit));
}
