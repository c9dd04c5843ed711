import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useSending } from "../../../api/problems";
import { polls } from "../../../text/en/proposals/polls";
import { modes } from "../../../text/en/values";
import { Choices, Select, TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { written } from "../moves/useStep";
import { whenIn, type Poll } from "./DatePoll";

const t = polls.decide;

/** Choose one of the dates; the first session is planned with it. */
export function DecideDate({ poll, onChange }: { poll: Poll; onChange: () => void }) {
  const [mode, setMode] = useState("online");
  const { form, busy } = useSending(async (fields) => {
    const url = written(fields, "joining_url");
    await api.post("/v1/date-polls/{poll_id}/decision", {
      path: { poll_id: poll.id },
      body: {
        option_id: written(fields, "option_id"),
        title: written(fields, "title"),
        mode: mode as Schemas["SessionRead"]["mode"],
        location: written(fields, "location"),
        ...(url && { joining_url: url }),
      },
    });
    onChange();
  });
  const best = poll.options.find(({ best: suits }) => suits) ?? poll.options[0];
  return (
    <details>
      <summary>{t.title}</summary>
      <Form {...form}>
        <Choices
          name="option_id"
          type="radio"
          label={t.which}
          options={poll.options.map((option) => ({
            value: option.id,
            label: whenIn(option, poll, poll.timezone),
          }))}
          chosen={[best?.id ?? ""]}
        />
        <TextField name="title" label={t.name} defaultValue={t.first} required minLength={2} maxLength={120} />
        <Select
          name="mode"
          label={t.mode}
          chosen={mode}
          options={Object.entries(modes).map(([value, label]) => ({ value, label }))}
          onChange={setMode}
        />
        {mode !== "online" && <TextField name="location" label={t.location} maxLength={200} />}
        {mode !== "in_person" && (
          <TextField
            name="joining_url"
            type="url"
            label={t.joiningUrl}
            hint={t.joiningUrlHint}
            maxLength={2000}
          />
        )}
        <p class="hint">{t.text}</p>
        <button class="button" aria-disabled={busy}>
          {t.decide}
        </button>
      </Form>
    </details>
  );
}
