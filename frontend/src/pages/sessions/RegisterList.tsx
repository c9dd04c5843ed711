import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { api, type Refusal, type Schemas } from "../../api/client";
import { everyPage } from "../../api/every";
import { asRefusal, useLoad } from "../../api/load";
import { Loaded, sentenceOf } from "../../api/problems";
import { me } from "../../me";
import { register as t } from "../../text/en/register";
import { Notice } from "../../ui/Notice";
import { MarkRow } from "./MarkRow";
import { phaseOf } from "./moments";
import { openRegister, shelf, type Mark, type Marks, type Outcome, type Register } from "./register";
import { expected, fits, rosterOf, type Entry } from "./roster";
import { WalkIn } from "./WalkIn";

/** Everyone the register knows: who answered, who was marked, and who belongs. */
async function roster(session_id: string, signal: AbortSignal): Promise<Entry[]> {
  const lines = await everyPage((cursor) =>
    api.get("/v1/sessions/{session_id}/attendances", {
      path: { session_id },
      query: { ...cursor, limit: 100 },
      signal,
    }),
  );
  return rosterOf(lines);
}

/** A busy or unreachable server means later; anything else is a reason to tell. */
function outcomeOf(refusal: Refusal): Outcome {
  const { status } = refusal;
  return status === 0 || status === 429 || status >= 500 ? "later" : { refused: sentenceOf(refusal) };
}

/** A register that sends its marks, keeps what it cannot send, and tries again by itself. */
function useRegister(session_id: string, onAccepted: (person: string, mark: Mark) => void): Register {
  const register = useMemo(
    () =>
      openRegister(
        shelf(session_id, me.value?.id ?? ""),
        async (person_id: string, mark: Mark): Promise<Outcome> => {
          try {
            await api.put("/v1/sessions/{session_id}/attendances/{person_id}", {
              path: { session_id, person_id },
              body: mark,
            });
            onAccepted(person_id, mark);
            return "done";
          } catch (error) {
            return outcomeOf(asRefusal(error));
          }
        },
      ),
    [session_id],
  );
  useEffect(() => {
    const again = () => void register.flush();
    again();
    addEventListener("online", again);
    const timer = setInterval(again, 15_000);
    return () => {
      removeEventListener("online", again);
      clearInterval(timer);
    };
  }, [register]);
  return register;
}

export function RegisterList({ session }: { session: Schemas["SessionRead"] }) {
  const { id } = session;
  const load = useLoad((signal) => roster(id, signal), [id]);
  const added = useSignal<Entry[]>([]);
  // Marks the server has accepted since the list was loaded.
  const accepted = useSignal<Marks>({});
  const register = useRegister(
    id,
    (person, mark) => (accepted.value = { ...accepted.value, [person]: mark }),
  );
  const markOf = (entry: Entry): Mark | null =>
    register.waiting.value[entry.person_id] ?? accepted.value[entry.person_id] ?? entry.mark;

  return (
    <>
      <Away register={register} />
      <Loaded load={load}>
        {(entries) => {
          const known = new Set(entries.map(({ person_id }) => person_id));
          const people = [...entries, ...added.value.filter(({ person_id }) => !known.has(person_id))];
          const marks = people.map(markOf).filter((mark) => mark !== null);
          const rows = { register, markOf };
          return (
            <>
              <p role="status">
                {t.present(
                  marks.filter(({ status }) => status !== "no_show").length,
                  marks.length,
                  phaseOf(session, new Date()) === "over",
                )}
              </p>
              <Rows {...rows} people={people.filter(expected)} />
              <Others {...rows} people={people.filter((entry) => !expected(entry))} />
              <WalkIn
                known={new Set(people.map(({ person_id }) => person_id))}
                onAdd={(entry) => {
                  added.value = [...added.value, { ...entry, source: "facilitator" }];
                  void register.mark(entry.person_id, { status: "walk_in", minutes: null });
                }}
              />
              <p class="soft">{t.note}</p>
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Away({ register }: { register: Register }) {
  const waiting = Object.keys(register.waiting.value).length;
  if (!register.away.value || !waiting) return null;
  return (
    <Notice kind="warm" title={t.away.title}>
      <p>{t.away.text(waiting)}</p>
      <button class="button quiet" type="button" onClick={() => void register.flush()}>
        {t.away.again}
      </button>
    </Notice>
  );
}

type RowsProps = { people: readonly Entry[]; register: Register; markOf: (entry: Entry) => Mark | null };

const Rows = ({ people, register, markOf }: RowsProps) => (
  <ul class="people acts mark">
    {people.map((entry) => (
      <MarkRow
        key={entry.person_id}
        entry={entry}
        mark={markOf(entry)}
        refused={register.refused.value[entry.person_id]}
        onMark={(mark) => void register.mark(entry.person_id, mark)}
      />
    ))}
  </ul>
);

/** Members who did not answer: out of the way, and quick to find by name. */
function Others({ people, ...rows }: RowsProps) {
  const [wanted, setWanted] = useState("");
  if (!people.length) return null;
  return (
    <details>
      <summary>{t.others(people.length)}</summary>
      <div class="field">
        <label for="others">{t.filter}</label>
        <input
          id="others"
          type="search"
          autocomplete="off"
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      </div>
      <Rows {...rows} people={people.filter(({ name }) => fits(name, wanted))} />
    </details>
  );
}
