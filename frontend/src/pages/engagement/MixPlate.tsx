import { insight, insight as words } from "../../text/en/insight";
import { label, rings as ringNames } from "../../text/en/values";
import { number } from "../../text/format";
import { RingsOfPeople, type Ring } from "../../ui/charts/RingsOfPeople";
import { What, type Definition } from "./NumberTile";
import { written, type Part, type Value } from "./reading";

const t = insight.mix;
const kinds = [
  ["core", "p1"],
  ["active", "p2"],
  ["peripheral", "p3"],
  ["dormant", "open"],
  ["new", "ask"],
] as const;

/** People behind a part: a share counts them in its numerator, a count is its value. */
export const peopleIn = (part: Part | undefined): number | null =>
  !part || part.status === "suppressed"
    ? null
    : (part.numerator ?? (part.denominator === null ? part.value : null));

export function ringsOf(parts: readonly Part[]): Ring[] {
  return kinds.map(([key, kind]) => {
    const part = parts.find((one) => one.key === key);
    const people = peopleIn(part);
    return {
      key,
      kind,
      name: label(ringNames, key),
      people,
      cells: {
        people: people === null ? words.hidden : number(people),
        share: key !== "new" && part?.value != null ? written(part.value, "percent") : "",
      },
    };
  });
}

/** Members by how much they took part. */
export function MixPlate({ value, definition }: { value: Value; definition: Definition | undefined }) {
  const rings = ringsOf(value.parts);
  const [core, active, edge] = rings.map(({ people }) => people);
  const known = core != null && active != null && edge != null;
  return (
    <section class="plate" aria-labelledby="mix-title">
      <div>
        <h2 id="mix-title">{t.question}</h2>
        {value.status === "no_data" ? (
          <p>{words.noDataText}</p>
        ) : (
          <p>{known ? t.sentence(core, active, edge) : t.hidden}</p>
        )}
        <p class="soft">{t.published}</p>
        {definition && <What definition={definition} />}
      </div>
      {value.status !== "no_data" && (
        <RingsOfPeople
          title={t.title}
          desc={t.desc(rings.map(({ name, cells }) => ({ name, people: cells.people })))}
          caption={t.caption}
          columns={{ ring: t.ring, people: t.people, share: t.share }}
          rings={rings}
        />
      )}
    </section>
  );
}
