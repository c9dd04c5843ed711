import type { ComponentChildren } from "preact";

/** How alive something is: a leaf, and the words beside it. */
export const Alive = ({
  stage,
  archived,
  children,
}: {
  stage: string;
  archived?: boolean;
  children: ComponentChildren;
}) => {
  const kind = archived ? "alive asleep" : stage === "potential" ? "alive forming" : "alive";
  return <p class={kind}>{children}</p>;
};
