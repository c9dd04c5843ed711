import { useState } from "preact/hooks";
import { api } from "../../../api/client";
import { Trouble, useDoing } from "../../../api/problems";
import { me } from "../../../me";
import { longDay } from "../../../text/dates";
import { deciding } from "../../../text/en/proposals/deciding";
import { Form } from "../../../ui/form";
import { Saved } from "../../../ui/Saved";
import type { PartProps } from "../Proposal";
import { useStep } from "./useStep";

const t = deciding.open;

/** An open call needs nobody; a coordinator may remind people once, and close it when it has enough. */
export function Running(props: PartProps) {
  const { proposal, calls, onChange } = props;
  const call = calls[0];
  const [done, setDone] = useState<string>();
  const { busy, trouble, run } = useDoing();
  const confirm = useStep(props, () => ({ to: "interest_met" }));
  const nudge = () =>
    run(async () => {
      const path = { proposal_id: proposal.id };
      const { reminded } = await api.post("/v1/proposals/{proposal_id}/reminders", { path });
      setDone(t.nudged(reminded));
      onChange();
    });
  return (
    <>
      <p>{t.text}</p>
      <Trouble words={trouble} />
      <Saved words={done} focus />
      {call?.nudged_at && !done && (
        <p class="soft">{t.nudgedOn(longDay(call.nudged_at, me.value?.timezone ?? "UTC"))}</p>
      )}
      {call && !call.sent_at && <p class="soft">{t.sending}</p>}
      {call?.sent_at && !call.nudged_at && (
        <div class="actions">
          <button class="button quiet" type="button" aria-disabled={busy} onClick={() => void nudge()}>
            {t.nudge}
          </button>
          <p class="soft">{t.nudgeText}</p>
        </div>
      )}
      {proposal.can.includes("confirm_interest") && call?.progress.met && (
        <Form {...confirm.form} class="then">
          <button class="button" aria-disabled={confirm.busy}>
            {t.confirm}
          </button>
        </Form>
      )}
    </>
  );
}
