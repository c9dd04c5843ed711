// A list that grows at its end: the first page now, each further one when asked for.

import { useEffect, useState } from "preact/hooks";
import { asRefusal, useLoad, type Load } from "./load";
import { sentenceOf } from "./problems";

type Page<T> = { items: T[]; next?: string | null };

export type List<T> = Load<T[]> & {
  /** Whether there is more to show. */
  more: boolean;
  growing: boolean;
  trouble: string | undefined;
  grow: () => void;
};

/** Load a list page by page; `inputs` are its filters, and changing them starts it again. */
export function useList<T>(
  load: (cursor: { cursor?: string }, signal?: AbortSignal) => Promise<Page<T>>,
  inputs: readonly unknown[],
): List<T> {
  const first = useLoad((signal) => load({}, signal), inputs);
  const [rest, setRest] = useState<Page<T>>();
  const [growing, setGrowing] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const start = first.state === "ready" ? first.value : undefined;

  // Further pages belong to the first page they follow.
  useEffect(() => {
    setRest(undefined);
    setTrouble(undefined);
  }, [start]);

  const next = (rest ?? start)?.next;
  function grow(): void {
    if (!next || growing) return;
    setGrowing(true);
    setTrouble(undefined);
    load({ cursor: next })
      .then(
        (page) =>
          setRest((known) => ({ items: [...(known?.items ?? []), ...page.items], next: page.next ?? null })),
        (error: unknown) => setTrouble(sentenceOf(asRefusal(error))),
      )
      .finally(() => setGrowing(false));
  }

  const held =
    first.state === "ready" ? { ...first, value: [...first.value.items, ...(rest?.items ?? [])] } : first;
  return { ...held, more: Boolean(next), growing, trouble, grow };
}
