import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { Trouble, useDoing, useSending } from "../../../api/problems";
import { me, type Me } from "../../../me";
import { settings } from "../../../text/en/identity";
import { Choice, Choices, Select, TextField } from "../../../ui/fields";
import type { Option } from "../../../ui/Toggle";
import { Form } from "../../../ui/form";
import { Saved } from "../../../ui/Saved";

const t = settings.preferences;
type Said = Schemas["Preferences"];

const named = (names: Record<string, string>): Option[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));
const orNone = (names: Record<string, string>): Option[] => [{ value: "", label: t.any }, ...named(names)];

/** What a form says, in the shape of the contract; an empty answer is no answer. */
export function saidIn(fields: FormData): Said {
  const one = (name: string) => String(fields.get(name) ?? "").trim();
  const words = one("topics")
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
  return {
    settings: fields.getAll("settings") as NonNullable<Said["settings"]>,
    direction: (one("direction") || null) as Said["direction"] & (string | null),
    mode: (one("mode") || null) as Said["mode"] & (string | null),
    times: fields.getAll("times") as NonNullable<Said["times"]>,
    group_size_at_most: one("group_size_at_most") ? Number(one("group_size_at_most")) : null,
    topics: [...new Set(words)],
    communities_at_most: one("communities_at_most") ? Number(one("communities_at_most")) : null,
    place_me: fields.has("place_me"),
  };
}

export function Preferences({ person }: { person: Me }) {
  const said = person.preferences;
  const [done, setDone] = useState<string>();
  const erasing = useDoing();
  async function write(body: Said, words: string): Promise<void> {
    setDone(undefined);
    const preferences = await api.put("/v1/me/preferences", { body });
    if (me.value) me.value = { ...me.value, preferences };
    setDone(words);
  }
  const { form, busy } = useSending((fields) => write(saidIn(fields), t.done));
  const erase = () => erasing.run(() => write({}, t.erased));
  return (
    <>
      <p>{t.lead}</p>
      <Trouble words={erasing.trouble} />
      {/* A new form for new answers: what is erased must not linger in a box. */}
      <Form {...form} key={JSON.stringify(said)}>
        <Choices
          name="settings"
          label={t.settings}
          options={named(t.settingNames)}
          chosen={said.settings ?? []}
        />
        <Select
          name="direction"
          label={t.direction}
          options={orNone(t.directions)}
          chosen={said.direction ?? ""}
        />
        <Select name="mode" label={t.mode} options={orNone(t.modes)} chosen={said.mode ?? ""} />
        <Choices name="times" label={t.times} options={named(t.timeNames)} chosen={said.times ?? []} />
        <TextField
          name="group_size_at_most"
          type="number"
          class="short"
          label={t.size}
          min="2"
          max="1000"
          wrong={t.sizeWrong}
          defaultValue={String(said.group_size_at_most ?? "")}
        />
        <TextField
          name="topics"
          label={t.topics}
          hint={t.topicsHint}
          defaultValue={(said.topics ?? []).join(", ")}
          maxLength={800}
        />
        <Select
          name="communities_at_most"
          label={t.many}
          options={orNone(t.manyNames)}
          chosen={String(said.communities_at_most ?? "")}
        />
        <Choice name="place_me" label={t.place} checked={said.place_me ?? false} />
        <div class="actions">
          <button class="button quiet" aria-disabled={busy}>
            {t.save}
          </button>
          <button class="plain" type="button" aria-disabled={erasing.busy} onClick={() => void erase()}>
            {t.erase}
          </button>
        </div>
      </Form>
      <Saved words={done} focus />
    </>
  );
}
