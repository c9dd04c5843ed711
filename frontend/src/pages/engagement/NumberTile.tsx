import { insight as t, metrics, type Counts } from "../../text/en/insight";
import { number } from "../../text/format";
import { Ruler } from "../../ui/charts/Ruler";
import { countsOf, interval, likely, scaleOf, written, type Value } from "./reading";

/** What the catalogue says of a metric. */
export type Definition = {
  id: string;
  version: number;
  question: string;
  formula: string;
  population: string;
  edge_cases: string;
};

type Props = { value: Value; definition: Definition | undefined; lastDay: string };

/** One number: its question, its value, how sure it is, what was counted. */
export function NumberTile({ value, definition, lastDay }: Props) {
  const words = metrics[value.metric_id];
  return (
    <article class="number">
      <h3>{words?.question ?? definition?.question ?? value.metric_id}</h3>
      {value.status === "ok" && value.value !== null ? (
        <Known value={value} shown={value.value} sentence={words?.sentence} lastDay={lastDay} />
      ) : (
        <Unknown hidden={value.status === "suppressed"} why={words?.nothing ?? t.noDataText} />
      )}
      {definition && <What definition={definition} />}
    </article>
  );
}

type KnownProps = {
  value: Value;
  shown: number;
  sentence: ((counts: Counts, to: string) => string) | undefined;
  lastDay: string;
};

function Known({ value, shown, sentence, lastDay }: KnownProps) {
  const scale = scaleOf(value);
  const ends = interval(value);
  return (
    <>
      <p class="value">{written(shown, value.unit)}</p>
      {scale && <Ruler value={shown} low={ends?.[0]} high={ends?.[1]} from={scale[0]} to={scale[1]} />}
      <p>
        {sentence?.(countsOf(value), lastDay)} {likely(value)}
      </p>
      {value.n !== null && value.unit === "index" && <p class="soft">{t.about(number(value.n))}</p>}
    </>
  );
}

/** A number that is withheld or cannot be made is told in words, never as a zero. */
const Unknown = ({ hidden, why }: { hidden: boolean; why: string }) => (
  <>
    <p class={hidden ? "value words hid" : "value words"}>{hidden ? t.hidden : t.noData}</p>
    <p class="soft">{hidden ? t.hiddenText : why}</p>
  </>
);

/** The catalogue sets names of the contract between backticks. */
const withCode = (text: string) =>
  text.split("`").map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part));

export const What = ({
  definition: { id, version, formula, population, edge_cases },
}: {
  definition: Definition;
}) => (
  <details>
    <summary>{t.what}</summary>
    {[formula, population, edge_cases].map((text) => (
      <p key={text}>{withCode(text)}</p>
    ))}
    <p class="soft">
      <code>{id}</code>, {t.version(version)}
    </p>
  </details>
);
