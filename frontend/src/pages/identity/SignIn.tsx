import { useLocation } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { api, Refusal } from "../../api/client";
import { useSending } from "../../api/problems";
import { me, recognise } from "../../me";
import { paths } from "../../paths";
import { signIn as t } from "../../text/en/signIn";
import { TextField } from "../../ui/fields";
import { Form } from "../../ui/form";
import { arrive, Title } from "../../ui/Title";

/** Asks who you are. It stands in for any page that needs to know, and that page follows at once. */
export default function SignIn() {
  const { path, route } = useLocation();
  const [shown, setShown] = useState(false);
  const { form, busy } = useSending(async (fields) => {
    try {
      await api.post("/v1/sign-ins", {
        body: { email: String(fields.get("email")).trim(), password: String(fields.get("password")) },
      });
    } catch (error) {
      // Which of the two is wrong is nobody's business, so both are doubted.
      if (error instanceof Refusal && error.status === 401)
        throw new Refusal({ ...error.problem, status: 409, detail: t.refused });
      throw error;
    }
    arrive();
    await recognise();
  });

  const known = Boolean(me.value);
  useEffect(() => {
    if (known && path === paths.signIn()) route(paths.home(), true);
  }, [known, path]);
  if (known) return null;

  return (
    <div class="wide">
      <div class="columns">
        <div>
          <Title>{t.title}</Title>
          <p class="lead soft">{t.lead}</p>
          <Form {...form}>
            <TextField
              name="email"
              type="email"
              label={t.email}
              autocomplete="username"
              required
              wrong={t.missingEmail}
            />
            <TextField
              name="password"
              type={shown ? "text" : "password"}
              label={t.password}
              autocomplete="current-password"
              required
              wrong={t.missingPassword}
            />
            <label class="choice">
              <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
              <span>{t.show}</span>
            </label>
            <div class="actions">
              <button class="button" aria-disabled={busy}>
                {t.action}
              </button>
            </div>
          </Form>
        </div>
        <section>
          <h2>{t.noPassword}</h2>
          <p>{t.ask}</p>
        </section>
      </div>
    </div>
  );
}
