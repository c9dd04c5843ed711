import { useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useSending } from "../../../api/problems";
import { plans as t } from "../../../text/en/proposals/plans";
import { TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { written } from "../moves/useStep";

type Props = {
  plan: Schemas["PlanRead"];
  phases: readonly string[];
  onDone: (words: string) => void;
  onChanged: () => void;
};

/** One more milestone, or another first day. */
export function ChangePlan({ plan, phases, onDone, onChanged }: Props) {
  const path = { community_id: plan.community_id };
  const [round, setRound] = useState(0);
  const adding = useSending(async (fields) => {
    const title = written(fields, "title");
    await api.post("/v1/communities/{community_id}/plan/milestones", {
      path,
      body: { title, phase: written(fields, "phase"), month: Number(written(fields, "month")) },
    });
    setRound((count) => count + 1);
    onDone(t.add.done(title));
  });
  const shifting = useSending(async (fields) => {
    await api.patch("/v1/communities/{community_id}/plan", {
      path,
      body: { starts_on: written(fields, "starts_on") },
      match: plan.version,
    });
    onDone(t.shift.done);
  }, onChanged);
  return (
    <div>
      <details>
        <summary>{t.add.open}</summary>
        <Form {...adding.form} key={round}>
          <TextField name="title" label={t.add.title} required maxLength={200} autocomplete="off" />
          <TextField
            name="phase"
            label={t.add.phase}
            hint={t.add.phaseHint}
            defaultValue={phases.at(-1) ?? ""}
            required
            maxLength={60}
            autocomplete="off"
          />
          <TextField
            name="month"
            type="number"
            class="short"
            label={t.add.month}
            hint={t.add.monthHint}
            min="0"
            max="120"
            defaultValue="0"
            required
          />
          <button class="button quiet" aria-disabled={adding.busy}>
            {t.add.save}
          </button>
        </Form>
      </details>
      <details>
        <summary>{t.shift.open}</summary>
        <Form {...shifting.form}>
          <p>{t.shift.text}</p>
          <TextField
            name="starts_on"
            type="date"
            class="short"
            label={t.starts}
            defaultValue={plan.starts_on}
            required
          />
          <button class="button quiet" aria-disabled={shifting.busy}>
            {t.shift.save}
          </button>
        </Form>
      </details>
    </div>
  );
}
