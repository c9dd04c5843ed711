import { useState } from "preact/hooks";
import { api, Refusal } from "../../../api/client";
import { useSending } from "../../../api/problems";
import { recognise } from "../../../me";
import { settings } from "../../../text/en/identity";
import { TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Saved } from "../../../ui/Saved";

const t = settings.password;

export function Password({ hasOne, email }: { hasOne: boolean; email: string | null }) {
  const [done, setDone] = useState<string>();
  const { form, busy } = useSending(async (fields, element) => {
    setDone(undefined);
    const current = String(fields.get("current_password") ?? "");
    const body = {
      new_password: String(fields.get("new_password")),
      ...(current && { current_password: current }),
    };
    try {
      await api.put("/v1/me/password", { body });
    } catch (error) {
      // A wrong password is a mistake in a field; it does not mean that the sign-in has ended.
      if (error instanceof Refusal && error.status === 401) {
        throw new Refusal({
          ...error.problem,
          status: 422,
          errors: [{ at: "body/current_password", detail: t.refused }],
        });
      }
      throw error;
    }
    element.reset();
    setDone(t.done);
    await recognise();
  });
  return (
    <Form {...form}>
      {/* Password keepers look for the address beside the password. */}
      <input
        class="visually-hidden"
        type="email"
        name="username"
        autocomplete="username"
        value={email ?? ""}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      {hasOne && (
        <TextField
          name="current_password"
          type="password"
          label={t.current}
          autocomplete="current-password"
          required
        />
      )}
      <TextField
        name="new_password"
        type="password"
        label={t.next}
        hint={t.hint}
        wrong={t.short}
        autocomplete="new-password"
        required
        minLength={8}
        maxLength={200}
      />
      <div class="actions">
        <button class="button quiet" aria-disabled={busy}>
          {hasOne ? t.save : t.set}
        </button>
        <Saved words={done} />
      </div>
    </Form>
  );
}
