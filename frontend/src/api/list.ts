// A list that grows at its end: the first page now, each further one when asked for.

import { useEffect, useRef, useState } from "preact/hooks";
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

  const shown = useRef(start);
  shown.current = start;
  // Further pages belong to the first page they follow.
  useEffect(() => {
    setRest(undefined);
    setTrouble(undefined);
  }, [start]);

  const next = (rest ?? start)?.next;
  async function grow(): Promise<void> {
    if (!next || growing) return;
    setGrowing(true);
    setTrouble(undefined);
    try {
      const page = await load({ cursor: next });
      // Whoever changed the filters meanwhile is looking at another list.
      if (shown.current === start)
        setRest((known) => ({ items: [...(known?.items ?? []), ...page.items], next: page.next ?? null }));
    } catch (error) {
      setTrouble(sentenceOf(asRefusal(error)));
    }
    setGrowing(false);
  }

  const held =
    first.state === "ready" ? { ...first, value: [...first.value.items, ...(rest?.items ?? [])] } : first;
  return { ...held, more: Boolean(next), growing, trouble, grow: () => void grow() };
}
