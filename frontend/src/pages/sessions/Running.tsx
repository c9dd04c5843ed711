import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { Trouble, useDoing, useSending } from "../../api/problems";
import { paths } from "../../paths";
import { session as t } from "../../text/en/sessions";
import { Dialog } from "../../ui/Dialog";
import { TextArea } from "../../ui/fields";
import { Form } from "../../ui/form";
import { Saved } from "../../ui/Saved";

type SessionRead = Schemas["SessionRead"];

/** What those who run a session can do to it as a whole. */
export function Running({ session, onChange }: { session: SessionRead; onChange: () => void }) {
  const [cancelling, setCancelling] = useState(false);
  const [done, setDone] = useState<string>();
  const { busy, trouble, run } = useDoing(onChange);
  const path = { session_id: session.id };
  const can = new Set(session.can);

  const settle = (body: Schemas["SessionUpdate"], words: string) =>
    run(async () => {
      setDone(undefined);
      await api.patch("/v1/sessions/{session_id}", { path, body, match: session.version });
      setDone(words);
      onChange();
    });
  const cancelled = useSending(async (fields) => {
    const reason = String(fields.get("reason")).trim();
    await api.delete("/v1/sessions/{session_id}", { path, query: { reason }, match: session.version });
    setCancelling(false);
    setDone(t.cancelDone);
    onChange();
  });
  return (
    <>
      <Trouble words={trouble} />
      <div class="actions">
        {can.has("record_attendance") && (
          <a class="button quiet" href="#register">
            {t.register}
          </a>
        )}
        {can.has("edit") && (
          <a class="button quiet" href={paths.editSession(session.id)}>
            {t.edit}
          </a>
        )}
        {can.has("edit") && session.status === "tentative" && (
          <button
            class="button quiet"
            type="button"
            aria-disabled={busy}
            onClick={() => void settle({ status: "confirmed" }, t.confirmed)}
          >
            {t.confirm}
          </button>
        )}
        {can.has("hold") && (
          <button
            class="button quiet"
            type="button"
            aria-disabled={busy}
            onClick={() => void settle({ status: "held" }, t.held)}
          >
            {t.hold}
          </button>
        )}
        {can.has("follow_up") && session.follow_up === "due" && (
          <button
            class="button quiet"
            type="button"
            aria-disabled={busy}
            onClick={() => void settle({ follow_up: "done" }, t.followedUp)}
          >
            {t.followUp}
          </button>
        )}
        {can.has("cancel") && (
          <button class="plain" type="button" onClick={() => setCancelling(true)}>
            {t.cancel}
          </button>
        )}
        <Saved words={done} focus />
      </div>
      <Dialog open={cancelling} title={t.cancelTitle} onClose={() => setCancelling(false)}>
        <p>{t.cancelText}</p>
        <Form {...cancelled.form}>
          <TextArea name="reason" label={t.reason} hint={t.reasonHint} required maxLength={1000} rows={2} />
          <div class="actions">
            <button class="button" aria-disabled={cancelled.busy}>
              {t.cancel}
            </button>
            <button class="button quiet" type="button" onClick={() => setCancelling(false)}>
              {t.keep}
            </button>
          </div>
        </Form>
      </Dialog>
    </>
  );
}
