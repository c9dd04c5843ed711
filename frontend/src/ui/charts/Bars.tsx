export type Bar = { key: string; name: string; share: number | null; cells: readonly string[] };

type Props = {
  caption: string;
  columns: readonly string[];
  bars: readonly Bar[];
  /** The upright every bar is compared with, as a share. */
  mark?: number;
};

/** Shares as bars in a table: the numbers stay readable where the bars are not. */
export function Bars({ caption, columns, bars, mark }: Props) {
  const [first, ...others] = columns;
  const most = Math.max(mark ?? 0, ...bars.map(({ share }) => share ?? 0)) * 1.1 || 1;
  const x = (share: number): number => Math.round((1000 * share) / most) / 10;
  return (
    <table class="bars">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <td />
          {others.map((column) => (
            <th key={column} scope="col" class="n">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, name, share, cells }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>
              <svg class="geo" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
                {share === null ? (
                  <path class="gap" d="M0 16L8 4M10 16L18 4M20 16L28 4M30 16L38 4" />
                ) : (
                  <rect class="p1" y="4" width={x(share)} height="12" />
                )}
                {mark !== undefined && <path class="mark" d={`M${x(mark)} 0V20`} />}
              </svg>
            </td>
            {cells.map((cell, index) => (
              <td key={index} class="n">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
