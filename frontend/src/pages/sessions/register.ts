// The register: every mark saves itself. Where there is no signal, marks wait on this device and are sent later.

import { signal, type ReadonlySignal } from "@preact/signals";

export type Mark = { status: "attended" | "partial" | "no_show" | "walk_in"; minutes: number | null };
export type Marks = Record<string, Mark>;

/** What became of sending one mark: done, not now (it waits), or refused with a reason. */
export type Outcome = "done" | "later" | { refused: string };

export type Register = {
  /** Marks made here that the server does not know yet. */
  waiting: ReadonlySignal<Marks>;
  /** Whether the last try found no way to the server. */
  away: ReadonlySignal<boolean>;
  /** Why a mark was not accepted, by person. */
  refused: ReadonlySignal<Record<string, string>>;
  mark: (person: string, mark: Mark) => Promise<void>;
  /** Try to send what waits. */
  flush: () => Promise<void>;
};

type Shelf = { read: () => Marks; write: (marks: Marks) => void };

/**
 * Where marks of one session wait on this device; only ids and marks, no names.
 * They belong to the person who made them, so that nobody else who signs in here sends them.
 */
export function shelf(session: string, by: string): Shelf {
  const key = `register:${by}:${session}`;
  return {
    read: () => {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "{}") as Marks;
      } catch {
        return {};
      }
    },
    write: (marks) => {
      try {
        if (Object.keys(marks).length) localStorage.setItem(key, JSON.stringify(marks));
        else localStorage.removeItem(key);
      } catch {
        // Without storage the marks wait as long as the page is open.
      }
    },
  };
}

export function openRegister(kept: Shelf, send: (person: string, mark: Mark) => Promise<Outcome>): Register {
  const waiting = signal<Marks>(kept.read());
  const away = signal(false);
  const refused = signal<Record<string, string>>({});
  let sending = false;

  const keep = (marks: Marks): void => {
    waiting.value = marks;
    kept.write(marks);
  };
  const without = <T>(record: Record<string, T>, person: string): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([id]) => id !== person));

  async function flush(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (let next = Object.entries(waiting.value)[0]; next; next = Object.entries(waiting.value)[0]) {
        const [person, mark] = next;
        const outcome = await send(person, mark);
        away.value = outcome === "later";
        if (outcome === "later") return;
        if (outcome !== "done") refused.value = { ...refused.value, [person]: outcome.refused };
        // A newer mark made meanwhile stays and is sent in its turn.
        if (waiting.value[person] === mark) keep(without(waiting.value, person));
      }
    } finally {
      sending = false;
    }
  }

  async function mark(person: string, chosen: Mark): Promise<void> {
    refused.value = without(refused.value, person);
    keep({ ...waiting.value, [person]: chosen });
    await flush();
  }

  return { waiting, away, refused, mark, flush };
}
