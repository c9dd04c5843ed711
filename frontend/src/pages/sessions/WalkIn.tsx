import { useState } from "preact/hooks";
import { api } from "../../api/client";
import { useSending } from "../../api/problems";
import { register as t } from "../../text/en/register";
import { TextField } from "../../ui/fields";
import { Form } from "../../ui/form";
import { Avatar } from "../../ui/people";
import type { Entry } from "./roster";

type Found = { person_id: string; name: string };
type Props = { known: ReadonlySet<string>; onAdd: (entry: Entry) => void };

/** Somebody came whom nobody expected: find them by name and mark them at once. */
export function WalkIn({ known, onAdd }: Props) {
  const [found, setFound] = useState<Found[]>();
  const { form, busy } = useSending(async (fields) => {
    const { items } = await api.get("/v1/people", {
      query: { q: String(fields.get("q")).trim(), limit: 10 },
    });
    setFound(items.map(({ id, name }) => ({ person_id: id, name })));
  });
  const shown = found?.filter(({ person_id }) => !known.has(person_id));
  return (
    <details>
      <summary>{t.add}</summary>
      <Form {...form} class="fields-row">
        <TextField name="q" label={t.addLabel} hint={t.addHint} required maxLength={120} autocomplete="off" />
        <button class="button quiet" aria-disabled={busy}>
          {t.find}
        </button>
      </Form>
      <div role="status">{shown?.length === 0 && <p>{t.notFound}</p>}</div>
      {shown && shown.length > 0 && (
        <ul class="people acts">
          {shown.map(({ person_id, name }) => (
            <li key={person_id}>
              <Avatar name={name} />
              <h3>{name}</h3>
              <div class="actions">
                <button
                  class="button quiet"
                  type="button"
                  onClick={() =>
                    onAdd({ person_id, name, answer: null, waits: false, source: null, mark: null })
                  }
                >
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
