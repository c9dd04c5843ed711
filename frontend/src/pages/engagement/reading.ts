// A metric's payload, read for people: its number, its interval and the counts behind it.

import { month, shortMonth } from "../../text/dates";
import { index, number } from "../../text/format";
import { insight as t, type Counts } from "../../text/en/insight";
import type { TrendPoint } from "../../ui/charts/Trend";

export type Part = {
  key: string;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  status: string;
};

/** The numbers that make sense as a line, month by month. */
export const trends = [
  "active_rate",
  "members",
  "active_members",
  "rsvp_conversion",
  "organisation_reach",
  "participation_gini",
] as const;

/** What the pages need of a value of the contract. */
export type Value = {
  metric_id: string;
  version: number;
  value: number | null;
  unit: string;
  numerator: number | null;
  denominator: number | null;
  ci95: readonly number[] | null;
  n: number | null;
  from: string;
  to: string;
  timezone: string;
  status: string;
  parts: readonly Part[];
};

/** A number in its unit: 40%, 93, 0.46. */
export function written(value: number, unit: string): string {
  if (unit === "percent" || unit === "shares") return `${number(value)}%`;
  return unit === "people" ? number(value) : index(value);
}

/** The two ends of the interval a value probably lies in, in its unit. */
export function interval({ ci95 }: Pick<Value, "ci95">): [number, number] | null {
  const [low, high] = ci95 ?? [];
  return low === undefined || high === undefined ? null : [low, high];
}

/** “30 and 50%”: the sign stands once. */
export function likely(value: Value): string | null {
  const ends = interval(value);
  if (!ends) return null;
  return value.unit === "percent"
    ? t.likely(number(ends[0]), written(ends[1], value.unit))
    : t.likely(written(ends[0], value.unit), written(ends[1], value.unit));
}

/** The ends of the scale an index or a share is read on. */
export function scaleOf({ metric_id, unit }: Pick<Value, "metric_id" | "unit">): [number, number] | null {
  if (metric_id === "cross_team_ties") return [-1, 1];
  if (metric_id === "net_growth" || unit === "people") return null;
  return unit === "percent" ? [0, 100] : [0, 1];
}

export const countsOf = ({ value, numerator, denominator, n, parts }: Value): Counts => ({
  value: value ?? 0,
  numerator,
  denominator,
  n,
  parts: Object.fromEntries(parts.map((part) => [part.key, part.value])),
});

/** One month of a line: where it stands, and the words of its row. */
export function pointOf(value: Value): TrendPoint {
  const { unit, from, timezone, status } = value;
  const ends = interval(value);
  const shown = status === "ok" ? value.value : null;
  const counts =
    shown !== null && value.numerator !== null && value.denominator !== null
      ? t.trend.of(number(value.numerator), number(value.denominator))
      : "";
  return {
    value: shown,
    low: ends && shown !== null ? ends[0] : null,
    high: ends && shown !== null ? ends[1] : null,
    hidden: status === "suppressed",
    tick: shortMonth(from, timezone),
    name: month(from, timezone),
    cells: {
      value: shown === null ? (status === "suppressed" ? t.hidden : t.noData) : written(shown, unit),
      range: ends && shown !== null ? t.trend.ends(written(ends[0], unit), written(ends[1], unit)) : "",
      counts,
    },
  };
}

// Numbers of what people did; they are 0 as long as nothing was recorded.
const ofDeeds = new Set(["active_rate", "active_members"]);

/** The months to compare. Those before anything was recorded tell of no change. */
export function comparable(values: readonly Value[]): TrendPoint[] {
  const known = values.filter(({ status, value }) => status === "ok" && value !== null);
  const begun = known.findIndex(({ metric_id, value }) => value !== 0 || !ofDeeds.has(metric_id));
  return begun < 0 ? [] : known.slice(begun).map(pointOf);
}

/** Whether two values differ by more than chance easily makes: their intervals do not touch. */
export function differ(a: TrendPoint, b: TrendPoint): boolean | null {
  if (a.low === null || a.high === null || b.low === null || b.high === null) return null;
  return a.high < b.low || b.high < a.low;
}
