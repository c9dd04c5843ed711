import { useId } from "preact/hooks";
import { grow, type Leaf, type Stem } from "./trellis";

const shape = "M2 14C1 5 6 2 14 2 15 11 10 15 2 14Z";

export type Rung = { name: string; hint: string };

type Props = {
  title: string;
  desc: string;
  region: string;
  root: string;
  /** From the lowest to the highest. */
  rungs: readonly Rung[];
  stems: readonly Stem[];
  linkTo: (id: string) => string;
  words: { leaf: string; bud: string; bold: string; mine: string };
};

/** The network on a trellis. The same communities always follow as a list. */
export function TrellisPicture({ title, desc, region, root, rungs, stems, linkTo, words }: Props) {
  const id = useId();
  const drawn = grow(stems, rungs.length);
  const growths = new Set(drawn.leaves.map(({ plant }) => plant.growth));
  return (
    <>
      <div class="scroll" role="region" aria-label={region} tabIndex={0}>
        <svg
          class={stems.length > 4 ? "pic vast" : "pic large"}
          width={drawn.width}
          height={drawn.height - 36}
          viewBox={`0 36 ${drawn.width} ${drawn.height - 36}`}
          role="group"
          aria-labelledby={`${id}-t ${id}-d`}
        >
          <title id={`${id}-t`}>{title}</title>
          <desc id={`${id}-d`}>{desc}</desc>
          {drawn.slats.map(({ y, rung }) => {
            const words = rung === null ? undefined : rungs[rung];
            return (
              <g key={y}>
                <path class="slat" d={`M150 ${y}H${drawn.width}`} />
                {words && (
                  <>
                    <text class="strong" x="0" y={y - 3}>
                      {words.name}
                    </text>
                    <text x="0" y={y + 14}>
                      {words.hint}
                    </text>
                  </>
                )}
              </g>
            );
          })}
          {drawn.stems.map(({ x, path }) => (
            <g key={x}>
              <path class="stake" d={`M${x} 40V${drawn.root.y - 62}`} />
              <path class="stem" d={path} />
            </g>
          ))}
          {drawn.leaves.map((leaf) => (
            <LeafLink key={leaf.plant.id} leaf={leaf} to={linkTo(leaf.plant.id)} mine={words.mine} />
          ))}
          {drawn.stems.map(({ stem, label: { x, y, width } }) => (
            <StemName
              key={x}
              name={stem.name}
              to={stem.id === null ? null : linkTo(stem.id)}
              x={x}
              y={y}
              width={width}
            />
          ))}
          <text class="strong mid" x={drawn.root.x} y={drawn.root.y + 18}>
            {root}
          </text>
        </svg>
      </div>
      <figcaption>
        <ul class="key row">
          {growths.has("leaf") && (
            <li>
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path class="leaf" d={shape} />
              </svg>{" "}
              {words.leaf}
            </li>
          )}
          {growths.has("bud") && (
            <li>
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path class="bud" d={shape} />
              </svg>{" "}
              {words.bud}
            </li>
          )}
          {drawn.leaves.some(({ plant }) => plant.mine) && (
            <li>
              <strong>{words.bold}</strong> {words.mine}
            </li>
          )}
        </ul>
      </figcaption>
    </>
  );
}

function LeafLink({
  leaf: { plant, twig, path, label },
  to,
  mine,
}: {
  leaf: Leaf;
  to: string;
  mine: string;
}) {
  const kinds = [plant.mine && "strong", label.side === "left" && "far"].filter(Boolean).join(" ");
  return (
    <>
      <path class="twig" d={twig} />
      <a href={to} aria-label={plant.mine ? `${plant.name}, ${mine}` : plant.name}>
        <path class={plant.growth} d={path} />
        <text class={kinds || undefined} y={label.y}>
          {label.lines.map((line, index) => (
            <tspan key={index} x={label.x} dy={index ? 16 : 0}>
              {line}
            </tspan>
          ))}
        </text>
      </a>
    </>
  );
}

function StemName({
  name,
  to,
  x,
  y,
  width,
}: {
  name: string;
  to: string | null;
  x: number;
  y: number;
  width: number;
}) {
  const drawn = (
    <>
      <rect class="ground" x={x - width / 2} y={y - 14} width={width} height="26" rx="13" />
      <text class="strong mid" x={x} y={y + 4}>
        {name}
      </text>
    </>
  );
  return to ? <a href={to}>{drawn}</a> : <g>{drawn}</g>;
}
