import { me } from "../../me";
import { clock, date, zoneName } from "../../text/dates";
import { insight as t } from "../../text/en/insight";
import { NumberTile, type Definition } from "./NumberTile";
import type { Value } from "./reading";
import { dayBefore, type Window } from "./windows";

// In the order of their worth to somebody who asks how a community is doing.
export const tileIds = [
  "members",
  "active_rate",
  "rsvp_conversion",
  "organisation_reach",
  "net_growth",
  "fill_rate",
  "active_members",
  "no_show_rate",
  "participation_gini",
];

/** Four numbers that have something to say come first; the others follow further down. */
export function halves(values: readonly Value[]): [Value[], Value[]] {
  const all = tileIds.flatMap((id) => values.filter(({ metric_id }) => metric_id === id));
  const telling = all.filter(({ status }) => status === "ok").slice(0, 4);
  const first = telling.length === 4 ? telling : all.slice(0, 4);
  return [first, all.filter((value) => !first.includes(value))];
}

type Props = {
  id: string;
  title: string;
  values: readonly Value[];
  definitions: readonly Definition[];
  window: Window;
  zone: string;
  as_of?: string | undefined;
  /** What was done to small numbers, and what is recorded of looking at them. */
  told?: string | undefined;
};

/** Some numbers side by side, with the time they are about. */
export function Tiles({ id, title, values, definitions, window, zone, as_of, told }: Props) {
  const lastDay = date(dayBefore(window.to), "UTC");
  const reader = me.value?.timezone ?? zone;
  return (
    <section aria-labelledby={id}>
      <div class="heading-row">
        <h2 id={id}>{title}</h2>
        {as_of && (
          <p class="soft">
            {t.span(date(window.from, "UTC"), lastDay, zoneName(zone))}{" "}
            {t.asOf(`${date(as_of, reader)}, ${clock(as_of, reader)}`)}
          </p>
        )}
      </div>
      {told && <p class="soft">{told}</p>}
      <div class="numbers">
        {values.map((value) => (
          <NumberTile
            key={value.metric_id}
            value={value}
            definition={definitions.find(({ id: known }) => known === value.metric_id)}
            lastDay={lastDay}
          />
        ))}
      </div>
    </section>
  );
}
