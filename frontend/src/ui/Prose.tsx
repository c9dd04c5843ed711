/** Words somebody wrote: an empty line begins a paragraph, a single one begins a line. */
export const Prose = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\n{2,}/u)
      .filter((part) => part.trim())
      .map((part, index) => (
        <p key={index} class="prose">
          {part.trim()}
        </p>
      ))}
  </>
);
