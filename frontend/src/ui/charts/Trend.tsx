import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { charts as t } from "../../text/en/charts";
import { niceTop, plot, type Point } from "./plot";

/** One step of the line, with the words for its axis and its row in the table. */
export type TrendPoint = Point & {
  tick: string;
  name: string;
  cells: { value: string; range: string; counts: string };
};

type Props = {
  title: string;
  /** One sentence that says what the line does. */
  desc: string;
  points: readonly TrendPoint[];
  /** The scale; without it the upright ends at a round number above the values. */
  from?: number;
  to?: number;
  scale: (value: number) => string;
  columns: { name: string; value: string; range: string; counts: string };
};

/** A line over time with its interval, gaps where values are withheld, and the same as a table. */
export function Trend({ title, desc, points, from, to, scale, columns }: Props) {
  const id = useId();
  const known = points.flatMap(({ value, low, high }) => [value, low, high].filter((one) => one !== null));
  const top = to ?? niceTop(known);
  const bottom = from ?? 0;
  const { lines, bands, dots, gaps } = plot(points, top, bottom);
  const marks = [1, 0.75, 0.5, 0.25, 0].map((part) => bottom + (top - bottom) * part);
  // Narrow screens keep every third word of the axis.
  const every = points.length > 4 ? 3 : 1;
  return (
    <figure>
      <div class="plot">
        <div class="up" aria-hidden="true">
          {marks.map((mark) => (
            <span key={mark}>{scale(mark)}</span>
          ))}
        </div>
        <svg
          class="geo"
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          role="img"
          aria-labelledby={`${id}-t ${id}-d`}
        >
          <title id={`${id}-t`}>{title}</title>
          <desc id={`${id}-d`}>{desc}</desc>
          <path class="grid" d="M0 0H100M0 25H100M0 50H100M0 75H100" />
          <path
            class="axis"
            d={bottom < 0 ? `M0 100H100M0 ${(100 * top) / (top - bottom)}H100` : "M0 100H100"}
          />
          {bands.map((band) => (
            <path key={band} class="interval" d={band} />
          ))}
          {gaps && <path class="gap" d={gaps} />}
          {lines.map((line) => (
            <path key={line} class="curve" d={line} />
          ))}
          <path class="dot" d={dots} />
        </svg>
        <ul class="along" aria-hidden="true">
          {points.map(({ tick, name }, index) => (
            <li key={name} class={index % every ? "minor" : undefined}>
              {tick}
            </li>
          ))}
        </ul>
      </div>
      <figcaption>
        <Key band={bands.length > 0} gap={gaps !== ""} />
        <AsTable title={title}>
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col" class="n">
                {columns.value}
              </th>
              <th scope="col" class="n">
                {columns.range}
              </th>
              <th scope="col" class="n">
                {columns.counts}
              </th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="n">{cells.value}</td>
                <td class="n">{cells.range}</td>
                <td class="n">{cells.counts}</td>
              </tr>
            ))}
          </tbody>
        </AsTable>
      </figcaption>
    </figure>
  );
}

function Key({ band, gap }: { band: boolean; gap: boolean }) {
  return (
    <ul class="key row" aria-hidden="true">
      <li>
        <svg viewBox="0 0 16 16">
          <path class="curve" d="M1 8H15" />
        </svg>{" "}
        {t.share}
      </li>
      {band && (
        <li>
          <svg viewBox="0 0 16 16">
            <rect class="interval" width="16" height="16" />
          </svg>{" "}
          {t.range}
        </li>
      )}
      {gap && (
        <li>
          <svg viewBox="0 0 16 16">
            <path class="gap" d="M1 8L8 1M1 15L15 1M8 15L15 8" />
          </svg>{" "}
          {t.tooFew}
        </li>
      )}
    </ul>
  );
}

/** The numbers behind a picture, for those who read numbers. */
export function AsTable({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details>
      <summary>{t.asTable}</summary>
      <div class="scroll" role="region" aria-label={title} tabIndex={0}>
        <table>{children}</table>
      </div>
    </details>
  );
}
