// A draft that saves itself: every answer is kept a moment after it was written.

import { useEffect, useRef, useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { asRefusal } from "../../../api/load";
import { sentenceOf } from "../../../api/problems";

export type Draft = Schemas["ProposalRead"];
export type Change = Schemas["ProposalUpdate"];

const PAUSE = 700;

export type Keeping = {
  draft: Draft | undefined;
  /** What is written but not saved yet, for showing and for comparing. */
  written: Change;
  state: "fresh" | "unsaved" | "saving" | "saved";
  trouble: string | undefined;
  write: (change: Change) => void;
  /** Save now; false where it could not be saved. */
  flush: () => Promise<boolean>;
  /** Take over what another request has answered. */
  adopt: (draft: Draft) => void;
  /** The newest version we know of, whatever was drawn last. */
  version: () => number;
};

/** `onMade` hears of the draft once it exists, which is with its first letters. */
export function useDraft(first: Draft | undefined, onMade: (draft: Draft) => void): Keeping {
  const [draft, setDraft] = useState(first);
  const [written, setWritten] = useState<Change>({});
  const [state, setState] = useState<Keeping["state"]>("fresh");
  const [trouble, setTrouble] = useState<string>();
  // What the timer and a closing page read must be the newest, whatever was drawn last.
  const now = useRef({ draft: first, waiting: {} as Change, timer: 0, saving: undefined as Promise<boolean> | undefined });

  function adopt(made: Draft): void {
    now.current.draft = made;
    setDraft(made);
  }

  async function send(change: Change): Promise<Draft> {
    const known = now.current.draft;
    if (!known) {
      const made = await api.post("/v1/proposals", { body: change as Schemas["ProposalCreate"] });
      onMade(made);
      return made;
    }
    const path = { proposal_id: known.id };
    const patch = (match: number) => api.patch("/v1/proposals/{proposal_id}", { path, body: change, match });
    return patch(known.version).catch(async (error: unknown) => {
      // Only the proposer writes a draft, so it is their own other window that was quicker.
      if (asRefusal(error).status !== 412) throw error;
      return patch((await api.get("/v1/proposals/{proposal_id}", { path })).version);
    });
  }

  async function save(): Promise<boolean> {
    const { name, ...rest } = now.current.waiting;
    const named = name !== undefined && name.trim().length > 1;
    const change: Change = named ? { name, ...rest } : rest;
    // A draft needs a name before it can be kept, and never loses it again.
    if (!Object.keys(change).length || !(named || now.current.draft)) return true;
    now.current.waiting = {};
    setState("saving");
    setTrouble(undefined);
    try {
      adopt(await send(change));
      setState(Object.keys(now.current.waiting).length ? "unsaved" : "saved");
      return true;
    } catch (error) {
      now.current.waiting = { ...change, ...now.current.waiting };
      setState("unsaved");
      setTrouble(sentenceOf(asRefusal(error)));
      return false;
    }
  }

  /** One save after the other, so that each knows the version the last one made. */
  function flush(): Promise<boolean> {
    clearTimeout(now.current.timer);
    const before = now.current.saving ?? Promise.resolve(true);
    const mine = before.then(save);
    now.current.saving = mine;
    return mine;
  }

  function write(change: Change): void {
    now.current.waiting = { ...now.current.waiting, ...change };
    setWritten((known) => ({ ...known, ...change }));
    setState("unsaved");
    clearTimeout(now.current.timer);
    now.current.timer = window.setTimeout(() => void flush(), PAUSE);
  }

  // Whoever leaves, or turns to another window, loses nothing.
  useEffect(() => {
    const leave = () => void flush();
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", leave);
    return () => {
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", leave);
      leave();
    };
  }, []);

  const version = () => now.current.draft?.version ?? 0;
  return { draft, written, state, trouble, write, flush, adopt, version };
}
