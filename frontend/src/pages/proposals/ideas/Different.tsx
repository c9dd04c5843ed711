import { useState } from "preact/hooks";
import { api } from "../../../api/client";
import { useSending } from "../../../api/problems";
import { propose } from "../../../text/en/proposals/propose";
import { TextArea } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Saved } from "../../../ui/Saved";
import type { Acting } from "./Candidate";

const t = propose.alike;

/** “Mine is different because …”, in the proposer's own words. */
export default function Different({ one, draft, differences, onDifferences, onDraft, flush }: Acting) {
  const [done, setDone] = useState<string>();
  const { form, busy } = useSending(async (fields) => {
    await flush();
    const difference = String(fields.get("difference")).trim();
    const others = differences.filter(({ id }) => id !== one.id);
    const items = [...others, { kind: one.kind, id: one.id, difference }];
    onDraft(
      await api.put("/v1/proposals/{proposal_id}/differences", {
        path: { proposal_id: draft.id },
        body: { items },
      }),
    );
    onDifferences(items);
    setDone(t.kept);
  });
  return (
    <Form {...form} class="then">
      <TextArea
        name="difference"
        label={t.different}
        hint={t.differentHint}
        defaultValue={differences.find(({ id }) => id === one.id)?.difference ?? ""}
        required
        minLength={3}
        maxLength={1000}
        rows={2}
      />
      <div class="actions">
        <button class="button quiet" aria-disabled={busy}>
          {t.keep}
        </button>
        <Saved words={done} />
      </div>
    </Form>
  );
}
