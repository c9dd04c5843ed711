// What a page waits for: `waiting`, then `ready` or `refused`, and again when its address changes.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { forget } from "../me";
import { Refusal } from "./client";

export type Load<T> = { again: () => void } & (
  { state: "waiting" } | { state: "ready"; value: T; fresh: boolean } | { state: "refused"; refusal: Refusal }
);

type Held<T> =
  | { state: "waiting" }
  | { state: "ready"; value: T; fresh: boolean }
  | { state: "refused"; refusal: Refusal };

/** Any mistake on the way, as a refusal that can be shown. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  // A mistake of our own: the person gets words, the console gets the details.
  console.error(error);
  return new Refusal({ type: "mistake", title: "mistake", status: 500 });
}

/** The same, and whoever turns out to be signed out is asked who they are. */
export function asRefusal(error: unknown): Refusal {
  const refusal = toRefusal(error);
  if (refusal.status === 401) forget();
  return refusal;
}

/**
 * Load something, and load it again whenever `inputs` change or `again` is called.
 * While it loads again, the last value stays, marked as no longer fresh.
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[]): Load<T> {
  const [held, hold] = useState<Held<T>>({ state: "waiting" });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const stop = new AbortController();
    hold((last) => (last.state === "ready" ? { ...last, fresh: false } : { state: "waiting" }));
    latest.current(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) hold({ state: "ready", value, fresh: true });
      },
      (error: unknown) => {
        if (!stop.signal.aborted) hold({ state: "refused", refusal: asRefusal(error) });
      },
    );
    return () => stop.abort();
  }, [...inputs, round]);

  const again = useCallback(() => setRound((count) => count + 1), []);
  return { ...held, again };
}
