type Props = {
  value: number;
  low?: number | undefined;
  high?: number | undefined;
  from?: number;
  to?: number;
};

/** Where a value lies between the ends of its scale, with the interval it probably lies in. */
export function Ruler({ value, low, high, from = 0, to = 100 }: Props) {
  const x = (at: number): number =>
    Math.round((1000 * (Math.min(Math.max(at, from), to) - from)) / (to - from)) / 10;
  return (
    <svg class="geo ruler" viewBox="-1 0 102 20" preserveAspectRatio="none" aria-hidden="true">
      <path class="axis" d="M0 10H100M0 6V14M100 6V14" />
      {low !== undefined && high !== undefined && (
        <path class="interval-line" d={`M${x(low)} 10H${x(high)}`} />
      )}
      <path class="mark" d={`M${x(value)} 3V17`} />
    </svg>
  );
}
