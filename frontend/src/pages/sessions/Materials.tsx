import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { Loaded, Trouble, useDoing, useSending } from "../../api/problems";
import { session } from "../../text/en/sessions";
import { TextField } from "../../ui/fields";
import { Form } from "../../ui/form";
import { hostOf, LeavingLink } from "../../ui/LeavingLink";
import { Saved } from "../../ui/Saved";

const t = session;

/** What to read or bring. Everything here is kept elsewhere, so a link asks before it leaves. */
export function Materials({ session: { id, can } }: { session: Schemas["SessionRead"] }) {
  const path = { session_id: id };
  const load = useLoad(
    (signal) => api.get("/v1/sessions/{session_id}/materials", { path, query: { limit: 100 }, signal }),
    [id],
  );
  const [done, setDone] = useState<string>();
  const { busy, trouble, run } = useDoing();
  const adding = useSending(async (fields, form) => {
    const body = { title: String(fields.get("title")).trim(), url: String(fields.get("url")).trim() };
    await api.post("/v1/sessions/{session_id}/materials", { path, body });
    form.reset();
    setDone(t.material.added);
    load.again();
  });
  const remove = (material_id: string) =>
    run(async () => {
      await api.delete("/v1/materials/{material_id}", { path: { material_id } });
      load.again();
    });
  return (
    <section aria-labelledby="materials-title">
      <h2 id="materials-title">{t.materials}</h2>
      <Trouble words={trouble} />
      <Loaded load={load}>
        {({ items }) =>
          items.length ? (
            <ul class="list">
              {items.map((material) => (
                <li key={material.id}>
                  <p>
                    <LeavingLink to={material.url}>{material.title}</LeavingLink>
                  </p>
                  <p class="soft">{t.elsewhere(hostOf(material.url))}</p>
                  {material.can.includes("remove") && (
                    <button
                      class="plain"
                      type="button"
                      aria-disabled={busy}
                      aria-label={t.material.removeOf(material.title)}
                      onClick={() => void remove(material.id)}
                    >
                      {t.material.remove}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <p class="soft">{t.noMaterials}</p>
          )
        }
      </Loaded>
      {can.includes("add_material") && (
        <details>
          <summary>{t.material.add}</summary>
          <Form {...adding.form}>
            <TextField name="title" label={t.material.title} required maxLength={200} />
            <TextField
              name="url"
              type="url"
              label={t.material.url}
              hint={t.material.urlHint}
              required
              maxLength={2000}
            />
            <button class="button quiet" aria-disabled={adding.busy}>
              {t.material.save}
            </button>
          </Form>
        </details>
      )}
      <Saved words={done} />
    </section>
  );
}
