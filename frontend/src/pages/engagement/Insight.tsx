import { useLocation, useRoute } from "preact-iso";
import { api, type Schemas } from "../../api/client";
import { later } from "../../api/later";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { me } from "../../me";
import { paths } from "../../paths";
import { clock, date, zoneName } from "../../text/dates";
import { insight as t } from "../../text/en/insight";
import { Crumbs } from "../../ui/Crumbs";
import { Title } from "../../ui/Title";
import { MixPlate } from "./MixPlate";
import { NumberTile, type Definition } from "./NumberTile";
import type { Value } from "./reading";
import { written } from "./reading";
import { TrendPlate, trends } from "./TrendPlate";
import { WindowChoice } from "./WindowChoice";
import { dayBefore, windowOf, type Window } from "./windows";

const TiesPlate = later(() => import("./TiesPlate"));

const first = ["members", "active_rate", "rsvp_conversion", "organisation_reach"];
const further = ["net_growth", "active_members", "no_show_rate", "fill_rate", "participation_gini"];
const asked = [...first, ...further, "participation_mix"];

export default function Insight() {
  const { community_id } = useRoute().params as { community_id: string };
  const load = useLoad(
    (signal) => api.get("/v1/communities/{community_id}", { path: { community_id }, signal }),
    [community_id],
  );
  return (
    <Loaded load={load} page>
      {(community) => <Numbers key={community.id} community={community} />}
    </Loaded>
  );
}

function Numbers({ community }: { community: Schemas["CommunityRead"] }) {
  const { query, route } = useLocation();
  const community_id = community.id;
  const window = windowOf(query, community.timezone);
  const trend = trends.includes(query["trend"] ?? "") ? (query["trend"] ?? "") : (trends[0] ?? "");
  const keep = query["trend"] ? { trend } : {};
  const span: Record<string, string> =
    window.months === null
      ? { from: window.from, to: dayBefore(window.to) }
      : { months: String(window.months) };

  const load = useLoad(
    async (signal) => {
      const [{ items, disclosure }, catalogue] = await Promise.all([
        api.get("/v1/communities/{community_id}/metrics", {
          path: { community_id },
          query: { ids: asked.join(","), from: window.from, to: window.to },
          signal,
        }),
        api.get("/v1/metrics", { signal }),
      ]);
      return {
        values: items as Value[],
        as_of: items[0]?.as_of,
        // Whoever sees exact numbers need not read how other numbers are protected.
        told: items.some(({ profile }) => profile !== "exact") ? disclosure : undefined,
        definitions: catalogue.items as Definition[],
      };
    },
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
          {({ values, definitions, as_of, told }) => (
            <Tiles
              title={t.numbers}
              ids={first}
              values={values}
              definitions={definitions}
              window={window}
              zone={community.timezone}
              as_of={as_of}
              told={told}
            />
          )}
        </Loaded>
      </div>
      {load.state === "ready" && (
        <>
          {load.value.values
            .filter(({ metric_id }) => metric_id === "participation_mix")
            .map((value) => (
              <MixPlate
                key={value.metric_id}
                value={value}
                definition={load.value.definitions.find(({ id }) => id === value.metric_id)}
              />
            ))}
          <TrendPlate
            community_id={community_id}
            metric={trend}
            window={window}
            onChoose={(metric) =>
              route(paths.communityInsight(community_id, { ...span, trend: metric }), true)
            }
          />
          <div class="plate">
            <Tiles
              title={t.further}
              ids={further}
              values={load.value.values}
              definitions={load.value.definitions}
              window={window}
              zone={community.timezone}
            />
          </div>
          <TiesPlate community_id={community_id} window={window} definitions={load.value.definitions} />
        </>
      )}
    </div>
  );
}

/** The first sentence of the page is its answer. */
function answer(values: readonly Value[]): string {
  const rate = values.find(({ metric_id }) => metric_id === "active_rate");
  if (rate?.status === "suppressed") return t.lead.withheld;
  return rate?.value == null ? t.lead.unknown : t.lead.lively(written(rate.value, rate.unit));
}

type TilesProps = {
  title: string;
  ids: readonly string[];
  values: readonly Value[];
  definitions: readonly Definition[];
  window: Window;
  zone: string;
  as_of?: string | undefined;
  /** What was done to small numbers, where anything was. */
  told?: string | undefined;
};

function Tiles({ title, ids, values, definitions, window, zone, as_of, told }: TilesProps) {
  const last = dayBefore(window.to);
  const lastDay = date(last, "UTC");
  const reader = me.value?.timezone ?? zone;
  return (
    <section aria-labelledby={`${ids[0]}-title`}>
      <div class="heading-row">
        <h2 id={`${ids[0]}-title`}>{title}</h2>
        {as_of && (
          <p class="soft">
            {t.span(date(window.from, "UTC"), lastDay, zoneName(zone))}{" "}
            {t.asOf(`${date(as_of, reader)}, ${clock(as_of, reader)}`)}
          </p>
        )}
      </div>
      {told && <p class="soft">{told}</p>}
      <div class="numbers">
        {ids
          .flatMap((id) => values.filter(({ metric_id }) => metric_id === id))
          .map((value) => (
            <NumberTile
              key={value.metric_id}
              value={value}
              definition={definitions.find(({ id }) => id === value.metric_id)}
              lastDay={lastDay}
            />
          ))}
      </div>
    </section>
  );
}
