import { useId } from "preact/hooks";
import { number } from "../../text/format";
import { charts as t } from "../../text/en/charts";
import { arc, sunflower, type Seed } from "./sunflower";

export type Ring = {
  key: string;
  name: string;
  kind: "p1" | "p2" | "p3" | "open" | "ask";
  /** Null where too few people stand behind it. */
  people: number | null;
  cells: { people: string; share: string };
};

type Props = {
  title: string;
  desc: string;
  caption: string;
  columns: { ring: string; people: string; share: string };
  /** From the core outwards; the last kind, `ask`, stands outside. */
  rings: readonly Ring[];
};

/** Members as dots: the core in the middle, newcomers at the gate. A withheld ring leaves the table alone. */
export function RingsOfPeople({ title, desc, caption, columns, rings }: Props) {
  const id = useId();
  const drawable = rings.every(({ people }) => people !== null) && rings.some(({ people }) => people);
  return (
    <figure class="rings-and-key">
      {drawable && (
        <svg class="pic rings" viewBox="-180 -180 360 360" role="img" aria-labelledby={`${id}-t ${id}-d`}>
          <title id={`${id}-t`}>{title}</title>
          <desc id={`${id}-d`}>{desc}</desc>
          <Dots rings={rings} />
        </svg>
      )}
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.ring}</th>
            <th scope="col" class="n">
              {columns.people}
            </th>
            <th scope="col" class="n">
              {columns.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {rings.map(({ key, name, kind, cells }) => (
            <tr key={key}>
              <th scope="row">
                <svg class="spot" viewBox="0 0 16 16" aria-hidden="true">
                  <circle class={kind} cx="8" cy="8" r="6" />
                </svg>{" "}
                {name}
              </th>
              <td class="n">{cells.people}</td>
              <td class="n">{cells.share}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function Dots({ rings }: { rings: readonly Ring[] }) {
  const inside = rings.filter(({ kind }) => kind !== "ask");
  const outside = rings.find(({ kind }) => kind === "ask");
  const { groups, radii, dot, each } = sunflower(
    inside.map(({ people }) => people ?? 0),
    150,
  );
  const gate = arc(Math.min(Math.ceil((outside?.people ?? 0) / each), 36), 172);
  const spots = (seeds: readonly Seed[], radius: number) =>
    seeds.map(({ x, y }) => <circle key={`${x} ${y}`} cx={x} cy={y} r={radius} />);
  return (
    <>
      <g class="grid">
        {[...new Set(radii)].map((radius) => (
          <circle key={radius} r={radius} />
        ))}
      </g>
      {inside.map(({ key, kind }, index) => (
        <g key={key} class={kind}>
          {spots(groups[index] ?? [], kind === "p1" || kind === "p2" ? dot : dot * 0.9)}
        </g>
      ))}
      <g class="ask">{spots(gate, Math.min(5, dot * 0.9))}</g>
      {each > 1 && (
        <text class="mid" y="178">
          {t.oneDot(number(each))}
        </text>
      )}
    </>
  );
}
