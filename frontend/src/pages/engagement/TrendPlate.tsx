import { api } from "../../api/client";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { insight, metrics } from "../../text/en/insight";
import { number } from "../../text/format";
import { Trend } from "../../ui/charts/Trend";
import { comparable, differ, pointOf, scaleOf, written, trends, type Value } from "./reading";
import type { Window } from "./windows";
import { yearBefore } from "./windows";

const t = insight.trend;

type Props = { community_id: string; metric: string; window: Window; onChoose: (metric: string) => void };

export default function TrendPlate({ community_id, metric, window, onChoose }: Props) {
  const year = yearBefore(window);
  const load = useLoad(
    async (signal) => {
      const query = { ids: metric, from: year.from, to: year.to, interval: "month" as const };
      const { items } = await api.get("/v1/communities/{community_id}/metrics", {
        path: { community_id },
        query,
        signal,
      });
      return items as Value[];
    },
    [community_id, metric, year.from, year.to],
  );
  return (
    <section class="plate" aria-labelledby="trend-title">
      <div>
        <h2 id="trend-title">{t.title}</h2>
        <div class="field">
          <label for="trend">{t.choose}</label>
          <select id="trend" value={metric} onChange={(event) => onChoose(event.currentTarget.value)}>
            {trends.map((id) => (
              <option key={id} value={id}>
                {metrics[id]?.question ?? id}
              </option>
            ))}
          </select>
        </div>
        <div role="status">{load.state === "ready" && <Sentences values={load.value} />}</div>
      </div>
      <div aria-busy={load.state === "ready" && !load.fresh}>
        <Loaded load={load}>{(values) => <Line metric={metric} values={values} />}</Loaded>
      </div>
    </section>
  );
}

/** What the line says: where it ends, where it began, whether that may be chance, what is left out. */
function Sentences({ values }: { values: readonly Value[] }) {
  const points = values.map(pointOf);
  const shown = comparable(values);
  const [first, last] = [shown[0], shown.at(-1)];
  const gaps = points.filter(({ hidden }) => hidden).map(({ name }) => name);
  if (!first || !last || first === last) return <p>{t.none}</p>;
  const same = first.cells.value === last.cells.value;
  const clear = same ? null : differ(first, last);
  return (
    <>
      <p>
        {same
          ? t.same(last.cells.value, last.name, first.name)
          : t.sentence(last.cells.value, last.name, first.cells.value, first.name)}{" "}
        {clear !== null && (clear ? t.clear : t.chance)}
      </p>
      {gaps.length > 0 && <p class="soft">{t.gaps(gaps)}</p>}
    </>
  );
}

function Line({ metric, values }: { metric: string; values: readonly Value[] }) {
  const points = values.map(pointOf);
  const shown = comparable(values);
  const [first, last] = [shown[0], shown.at(-1)];
  const unit = values[0]?.unit ?? "";
  const scale = values[0] ? scaleOf(values[0]) : null;
  if (!first || !last) return null;
  const name = metrics[metric]?.question ?? metric;
  return (
    <Trend
      title={name}
      desc={t.desc(name, `${first.cells.value} (${first.name})`, `${last.cells.value} (${last.name})`)}
      points={points}
      {...(scale && { from: scale[0], to: scale[1] })}
      scale={(value) => (unit === "people" ? number(value, 1) : written(value, unit))}
      columns={{ name: t.month, value: t.value, range: t.range, counts: t.counts }}
    />
  );
}
