import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useSending } from "../../api/problems";
import { checkIn as t } from "../../text/en/checkIn";
import { TextField } from "../../ui/fields";
import { Form } from "../../ui/form";
import { Notice } from "../../ui/Notice";
import { phaseOf } from "./moments";

/** “I am here”, said with the code that is shown in the room. */
export function CheckIn({ session, onChange }: { session: Schemas["SessionRead"]; onChange: () => void }) {
  const [done, setDone] = useState(false);
  const { form, busy } = useSending(async (fields) => {
    const body = { code: String(fields.get("code")).trim() };
    await api.post("/v1/sessions/{session_id}/check-ins", { path: { session_id: session.id }, body });
    setDone(true);
    onChange();
  });
  if (done) return <Notice focus title={t.done} />;
  // Once it is over, what was recorded stands beside the answer.
  if (session.my_attendance)
    return phaseOf(session) === "over" ? null : <p>{t.recorded[session.my_attendance]}</p>;
  if (!session.can.includes("check_in")) return null;
  return (
    <section aria-labelledby="check-in-title">
      <h2 id="check-in-title">{t.title}</h2>
      <Form {...form}>
        <TextField
          name="code"
          class="short code"
          label={t.code}
          hint={t.text}
          wrong={t.wrong}
          required
          minLength={6}
          maxLength={12}
          autocomplete="off"
        />
        <button class="button quiet" aria-disabled={busy}>
          {t.action}
        </button>
      </Form>
    </section>
  );
}
