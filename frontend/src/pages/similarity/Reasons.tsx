import { marked } from "./marks";

/** Why two ideas are alike, with the words they share marked. */
export const Reasons = ({ reasons, shared = [] }: { reasons: readonly string[]; shared?: readonly string[] }) => (
  <>
    {reasons.map((reason) => (
      <p key={reason}>
        {marked(reason, shared).map(({ text, shared: both }, index) =>
          both ? <mark key={index}>{text}</mark> : text,
        )}
      </p>
    ))}
  </>
);
