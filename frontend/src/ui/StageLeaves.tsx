/** How far along its life something is, as leaves; the words always stand beside them. */
export const StageLeaves = ({ count, of }: { count: number; of: number }) => (
  <ul class="stage" aria-hidden="true">
    {Array.from({ length: of }, (_, index) => (
      <li key={index} class={index < count ? "on" : undefined} />
    ))}
  </ul>
);
