import { useEffect, useId, useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { asRefusal } from "../../../api/load";
import { sentenceOf } from "../../../api/problems";
import { propose } from "../../../text/en/proposals/propose";
import { Avatar } from "../../../ui/people";

const t = propose.find;

type Named = Schemas["Named"];

const PAUSE = 300;

type Props = { name: string; without: readonly string[]; onChoose: (person: Named) => void };

/** Find somebody one shares a community with, by their name. */
export function FindColleague({ name, without, onChoose }: Props) {
  const id = useId();
  const [q, setQ] = useState("");
  const [found, setFound] = useState<Named[]>();
  const [said, setSaid] = useState<string>();
  const asked = q.trim();

  useEffect(() => {
    setFound(undefined);
    if (asked.length < 2) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.get("/v1/me/colleagues", { query: { q: asked, limit: 10 }, signal: stop.signal }).then(
        ({ items }) => !stop.signal.aborted && (setFound(items), setSaid(undefined)),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          setSaid(sentenceOf(asRefusal(error)));
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked]);

  const choose = (person: Named) => {
    setQ("");
    setSaid(t.chosen(person.name));
    onChoose(person);
    document.getElementById(id)?.focus();
  };
  const offered = found?.filter((person) => !without.includes(person.id));
  return (
    <div class="field then">
      <label for={id}>{t.label}</label>
      <p class="hint" id={`${id}-hint`}>
        {t.hint}
      </p>
      <input
        id={id}
        name={name}
        type="search"
        autocomplete="off"
        maxLength={120}
        aria-describedby={`${id}-hint`}
        value={q}
        onInput={(event) => setQ(event.currentTarget.value)}
        // Enter looks; it does not leave the page.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <p role="status" class={offered?.length === 0 || said ? "soft then" : "visually-hidden"}>
        {said ?? (offered && (offered.length ? t.found(offered.length) : t.nobody))}
      </p>
      {offered && offered.length > 0 && (
        <ul class="people acts">
          {offered.map((person) => (
            <li key={person.id}>
              <Avatar name={person.name} />
              <p>
                <strong>{person.name}</strong>
              </p>
              {person.organisation && <p class="soft">{person.organisation}</p>}
              <div class="actions">
                <button class="button quiet" type="button" onClick={() => choose(person)}>
                  {t.choose(person.name)}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** People who were chosen, each of whom can be taken out again. */
export const Chosen = ({
  people,
  onRemove,
}: {
  people: readonly Named[];
  onRemove: (id: string) => void;
}) => (
  <ul class="people acts then">
    {people.map(({ id, name, organisation }) => (
      <li key={id}>
        <Avatar name={name} />
        <p>
          <strong>{name}</strong>
        </p>
        {organisation && <p class="soft">{organisation}</p>}
        <div class="actions">
          <button class="plain" type="button" aria-label={t.removeOf(name)} onClick={() => onRemove(id)}>
            {t.remove}
          </button>
        </div>
      </li>
    ))}
  </ul>
);
