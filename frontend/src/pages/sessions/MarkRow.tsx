import { useId, useState } from "preact/hooks";
import { register as t } from "../../text/en/register";
import { Toggle } from "../../ui/Toggle";
import { Avatar } from "../../ui/people";
import type { Mark } from "./register";
import type { Entry } from "./roster";

type Props = { entry: Entry; mark: Mark | null; refused: string | undefined; onMark: (mark: Mark) => void };

/** One person of the register: a name, and a thumb's worth of choice. */
export function MarkRow({ entry, mark, refused, onMark }: Props) {
  const { person_id, name } = entry;
  const title = `register-${person_id}`;
  const came = mark !== null && mark.status !== "no_show";
  const options = Object.entries(t.marks).map(([value, label]) => ({ value, label }));
  // Somebody who walked in is here; choosing “here” keeps that they were not expected.
  const chosen = mark?.status === "walk_in" ? "attended" : mark?.status;
  const status = (value: string): Mark["status"] =>
    value === "attended" && (mark?.status === "walk_in" || entry.answer === null)
      ? "walk_in"
      : (value as Mark["status"]);
  return (
    <li>
      <Avatar name={name} />
      <h3 id={title}>{name}</h3>
      <p class="soft">{about(entry, mark)}</p>
      {refused && (
        <p class="needs" role="alert">
          {t.refused(name, refused)}
        </p>
      )}
      <div class="actions">
        <Toggle
          name={`mark-${person_id}`}
          legend={name}
          labelledBy={title}
          options={options}
          chosen={chosen}
          onChoose={(value) =>
            onMark({ status: status(value), minutes: value === "no_show" ? null : (mark?.minutes ?? null) })
          }
        />
        {came && <Minutes key={`${mark.status} ${mark.minutes}`} name={name} mark={mark} onMark={onMark} />}
      </div>
    </li>
  );
}

function about({ answer, waits, source }: Entry, mark: Mark | null): string {
  const said = waits ? t.waiting : t.said[answer ?? "none"];
  const how = mark?.status === "walk_in" ? t.walkIn : source === "self" ? t.self : "";
  return [mark?.status === "walk_in" ? "" : said, how].filter(Boolean).join(". ") + ".";
}

/** How long somebody was there, where that matters. */
function Minutes({ name, mark, onMark }: { name: string; mark: Mark; onMark: (mark: Mark) => void }) {
  const [wrong, setWrong] = useState(false);
  const fault = useId();
  const keep = (text: string): void => {
    const minutes = text.trim() === "" ? null : Number(text);
    const fits = minutes === null || (Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440);
    setWrong(!fits);
    if (fits && minutes !== mark.minutes) onMark({ ...mark, minutes });
  };
  return (
    <>
      <label class="minutes">
        <span>
          {t.minutesLabel} <span class="visually-hidden">{t.minutes(name)}</span>
        </span>
        <input
          type="text"
          inputMode="numeric"
          maxLength={4}
          defaultValue={mark.minutes === null ? "" : String(mark.minutes)}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? fault : undefined}
          onChange={(event) => keep(event.currentTarget.value)}
        />
      </label>
      {wrong && (
        <p class="error" id={fault} role="alert">
          {t.minutesWrong}
        </p>
      )}
    </>
  );
}
