// A part of a page that is fetched when it is first needed, so that the page itself is there sooner.

import type { ComponentType } from "preact";
import { useLoad } from "./load";
import { Loaded } from "./problems";

export function later<Props extends object>(
  fetch: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  return function Later(props: Props) {
    const load = useLoad(async () => (await fetch()).default, []);
    return <Loaded load={load}>{(Part) => <Part {...props} />}</Loaded>;
  };
}
