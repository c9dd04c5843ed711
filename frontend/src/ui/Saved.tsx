/** Says that something is done, where it was done; screen readers hear it, and it does not vanish. */
export const Saved = ({ words }: { words: string | undefined }) => (
  <p role="status" class={words ? "saved" : "visually-hidden"}>
    {words}
  </p>
);
