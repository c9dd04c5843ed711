import { useState } from "preact/hooks";
import { api } from "../../api/client";
import { useSending } from "../../api/problems";
import { register as t } from "../../text/en/register";
import { TextField } from "../../ui/fields";
import { Form } from "../../ui/form";
import { Avatar } from "../../ui/people";
import { Saved } from "../../ui/Saved";
import type { Entry } from "./roster";

type Found = { person_id: string; name: string };
type Props = { known: ReadonlySet<string>; onAdd: (entry: Entry) => void };

/** Somebody came whom nobody expected: find them by name and mark them at once. */
export function WalkIn({ known, onAdd }: Props) {
  const [found, setFound] = useState<Found[]>();
  const [said, setSaid] = useState<string>();
  // A new form after each person, so that the next name begins in an empty box.
  const [round, setRound] = useState(0);
  const { form, busy } = useSending(async (fields) => {
    setSaid(undefined);
    const { items } = await api.get("/v1/people", {
      query: { q: String(fields.get("q")).trim(), limit: 10 },
    });
    setFound(items.map(({ id, name }) => ({ person_id: id, name })));
  });
  const add = ({ person_id, name }: Found) => {
    onAdd({ person_id, name, answer: null, waits: false, source: null, mark: null });
    setFound(undefined);
    setSaid(t.added(name));
    setRound((count) => count + 1);
  };
  const shown = found?.filter(({ person_id }) => !known.has(person_id));
  return (
    <details>
      <summary>{t.add}</summary>
      <Form {...form} key={round} class="fields-row">
        <TextField name="q" label={t.addLabel} hint={t.addHint} required maxLength={120} autocomplete="off" />
        <button class="button quiet" aria-disabled={busy}>
          {t.find}
        </button>
      </Form>
      <Saved words={said} focus />
      <div role="status">{shown?.length === 0 && <p>{found?.length ? t.known : t.notFound}</p>}</div>
      {shown && shown.length > 0 && (
        <ul class="people acts">
          {shown.map(({ person_id, name }) => (
            <li key={person_id}>
              <Avatar name={name} />
              <h3>{name}</h3>
              <div class="actions">
                <button class="button quiet" type="button" onClick={() => add({ person_id, name })}>
                  {t.addOf(name)}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
