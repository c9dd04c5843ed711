import { useState } from "preact/hooks";
import type { Schemas } from "../../api/client";
import { plan as t } from "../../text/en/plan";
import { accesses, modes, sessionKinds } from "../../text/en/values";
import { Choice, Choices, Select, TextArea, TextField } from "../../ui/fields";
import type { Option } from "../../ui/Toggle";
import { agendaText } from "./draft";

type Session = Schemas["SessionRead"];

/** What the boxes show at first: the times on the wall, and whatever is known already. */
export type Shown = { date: string; from: string; to: string } & Partial<Session>;

type Props = { shown: Shown; mode: Session["mode"]; zone: string; isNew?: boolean };

const named = (labels: Record<string, string>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const count = (value: number | null | undefined): string => (value == null ? "" : String(value));

export function SessionFields({ shown, mode: first, zone, isNew }: Props) {
  const [mode, setMode] = useState<string>(shown.mode ?? first);
  return (
    <>
      <TextField
        name="title"
        label={t.title}
        hint={t.titleHint}
        defaultValue={shown.title ?? ""}
        required
        minLength={2}
        maxLength={120}
      />
      <TextArea
        name="description"
        label={t.description}
        defaultValue={shown.description ?? ""}
        maxLength={20_000}
        rows={4}
      />
      <Select
        name="kind"
        label={t.kind}
        chosen={shown.kind ?? "community_meeting"}
        options={named(sessionKinds)}
      />
      <div class="fields-row">
        <TextField name="date" type="date" label={t.date} defaultValue={shown.date} required />
        <TextField name="from" type="time" label={t.from} defaultValue={shown.from} required />
        <TextField name="to" type="time" label={t.to} defaultValue={shown.to} required />
      </div>
      <p class="hint">{t.zone(zone)}</p>
      <Select
        name="mode"
        label={t.mode}
        chosen={shown.mode ?? first}
        options={named(modes)}
        onChange={setMode}
      />
      {mode !== "online" && (
        <TextField
          name="location"
          label={t.location}
          hint={t.locationHint}
          defaultValue={shown.location ?? ""}
          maxLength={200}
        />
      )}
      {mode !== "in_person" && (
        <TextField
          name="joining_url"
          type="url"
          label={t.joiningUrl}
          hint={t.joiningUrlHint}
          defaultValue={shown.joining_url ?? ""}
          maxLength={2000}
        />
      )}
      <TextField
        name="capacity"
        type="number"
        class="short"
        label={mode === "hybrid" ? t.roomCapacity : t.capacity}
        hint={t.capacityHint}
        min="1"
        max="100000"
        defaultValue={count(shown.capacity)}
      />
      {mode === "hybrid" && (
        <TextField
          name="online_capacity"
          type="number"
          class="short"
          label={t.onlineCapacity}
          hint={t.capacityHint}
          min="1"
          max="100000"
          defaultValue={count(shown.online_capacity)}
        />
      )}
      <Select name="access" label={t.access} chosen={shown.access ?? "members"} options={named(accesses)} />
      <TextArea
        name="agenda"
        label={t.agenda}
        hint={t.agendaHint}
        defaultValue={agendaText(shown.agenda ?? [])}
        maxLength={10_000}
        rows={6}
      />
      <Choices
        name="function_tags"
        label={t.functions}
        options={named(t.functionHints)}
        chosen={shown.function_tags ?? []}
      />
      {isNew && <Choice name="certain" label={t.certain} />}
    </>
  );
}
