import { useId } from "preact/hooks";
import { wrap } from "./trellis";
import type { Wreath } from "./wreath";

const LEGIBLE = 8;

type Props = {
  title: string;
  desc: string;
  region: string;
  wreath: Wreath;
  words: { across: string; inside: string; none: string };
};

/** Who met whom. A table of the same people always follows. */
export function WreathPicture({ title, desc, region, wreath, words }: Props) {
  const id = useId();
  const anchor = { start: undefined, middle: "mid", end: "far" };
  return (
    <>
      <div class="scroll" role="region" aria-label={region} tabIndex={0}>
        <svg
          class="pic medium"
          viewBox={`0 0 ${wreath.width} ${wreath.height}`}
          role="img"
          aria-labelledby={`${id}-t ${id}-d`}
        >
          <title id={`${id}-t`}>{title}</title>
          <desc id={`${id}-d`}>{desc}</desc>
          <path class="thread" d={wreath.inside} />
          <path class="thread across" d={wreath.across} />
          {wreath.beads.map(({ bead, x, y, tied }) => (
            <g key={bead.id}>
              <circle class={tied ? "node" : "node ask"} cx={x} cy={y} r={wreath.size} />
              {/* Letters that would not fit their bead are in the table only. */}
              {wreath.size >= LEGIBLE && (
                <text class="who" x={x} y={y + 3.5}>
                  {bead.letters}
                </text>
              )}
            </g>
          ))}
          {wreath.labels.map(({ text, x, y, side }) => {
            const lines = wrap(text, side === "middle" ? 12 : 16, 4);
            // Lines grow away from the ring: upwards above it, downwards below, both ways at its sides.
            const above = y < wreath.height / 2;
            const up = (lines.length - 1) * (side !== "middle" ? 8 : above ? 16 : 0);
            return (
              <text key={text} class={["strong", anchor[side]].filter(Boolean).join(" ")} y={y + 4 - up}>
                {lines.map((line, index) => (
                  <tspan key={index} x={x} dy={index ? 16 : 0}>
                    {line}
                  </tspan>
                ))}
              </text>
            );
          })}
        </svg>
      </div>
      <ul class="key row" aria-hidden="true">
        <li>
          <svg viewBox="0 0 16 16">
            <path class="thread across" d="M1 13Q8 2 15 13" />
          </svg>{" "}
          {words.across}
        </li>
        <li>
          <svg viewBox="0 0 16 16">
            <path class="thread" d="M1 13Q8 2 15 13" />
          </svg>{" "}
          {words.inside}
        </li>
        <li>
          <svg viewBox="0 0 16 16">
            <circle class="node ask" cx="8" cy="8" r="6" />
          </svg>{" "}
          {words.none}
        </li>
      </ul>
    </>
  );
}
