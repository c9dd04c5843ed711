import { useRef, useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { Loaded, Trouble, useDoing, useSending } from "../../../api/problems";
import { date } from "../../../text/dates";
import { list } from "../../../text/format";
import { settings } from "../../../text/en/identity";
import { Choices, Select, TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Notice } from "../../../ui/Notice";
import { Saved } from "../../../ui/Saved";

const t = settings.tokens;
type Scope = Schemas["Scope"];

// The scopes a person can give away, most harmless first.
const scopes: Scope[] = [
  "me:read",
  "people:read",
  "communities:read",
  "memberships:read",
  "sessions:read",
  "attendances:read",
  "activities:read",
  "metrics:read",
  "metrics:exact",
  "exports:read",
  "me:write",
  "communities:write",
  "memberships:write",
  "sessions:write",
  "attendances:write",
  "activities:write",
  "people:provision",
];
const lifetimes = [30, 90, 180, 365];

export function Tokens({ zone }: { zone: string }) {
  const load = useLoad((signal) => api.get("/v1/me/tokens", { query: { limit: 100 }, signal }), []);
  const [made, setMade] = useState<{ id: string; token: string }>();
  const [done, setDone] = useState<string>();
  const { busy, trouble, run } = useDoing();

  const sending = useSending(async (fields, form) => {
    setDone(undefined);
    const chosen = fields.getAll("scopes") as Scope[];
    const expires = new Date(Date.now() + Number(fields.get("days")) * 86_400_000);
    const body = {
      name: String(fields.get("name")),
      scopes: chosen.length ? chosen : null,
      expires_at: expires.toISOString(),
    };
    const token = await api.post("/v1/me/tokens", { body });
    form.reset();
    setMade(token);
    load.again();
  });
  const revoke = (token_id: string, name: string) =>
    run(async () => {
      await api.delete("/v1/me/tokens/{token_id}", { path: { token_id } });
      setMade((shown) => (shown?.id === token_id ? undefined : shown));
      setDone(t.revoked(name));
      load.again();
    });

  return (
    <>
      <p>{t.lead}</p>
      <Trouble words={trouble} />
      {made && <Shown key={made.id} token={made.token} />}
      <Loaded load={load}>
        {({ items }) =>
          items.length ? (
            <ul class="people acts plain-rows">
              {items.map(({ id, name, scopes: held, expires_at }) => (
                <li key={id}>
                  <h3>{name}</h3>
                  <p class="soft">
                    {t.until(date(expires_at, zone))}.{" "}
                    {t.may(held ? list(held.map((scope) => t.scopeNames[scope] ?? scope)) : t.everything)}
                  </p>
                  <div class="actions">
                    <button
                      class="button quiet"
                      type="button"
                      aria-disabled={busy}
                      aria-label={t.revokeOf(name)}
                      onClick={() => void revoke(id, name)}
                    >
                      {t.revoke}
                    </button>
                  </div>
                </li>
              ))}
            </ul>
          ) : (
            <p class="soft">{t.none}</p>
          )
        }
      </Loaded>
      <Saved words={done} focus />
      <details>
        <summary>{t.open}</summary>
        <Form {...sending.form}>
          <TextField name="name" label={t.name} hint={t.nameHint} required minLength={2} maxLength={120} />
          <Select
            name="days"
            label={t.expires}
            class="short"
            chosen="90"
            options={lifetimes.map((days) => ({ value: String(days), label: t.days(days) }))}
          />
          <Choices
            name="scopes"
            label={t.scopes}
            hint={t.scopesHint}
            options={scopes.map((value) => ({ value, label: t.scopeNames[value] ?? value }))}
          />
          <button class="button quiet" aria-disabled={sending.busy}>
            {t.create}
          </button>
        </Form>
      </details>
    </>
  );
}

/** The token itself, this once. */
function Shown({ token }: { token: string }) {
  const [copied, setCopied] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  async function copy(): Promise<void> {
    box.current?.select();
    await navigator.clipboard.writeText(token).then(
      () => setCopied(t.copied),
      () => undefined,
    );
  }
  return (
    <Notice kind="warm" title={t.once} focus>
      <p>{t.onceText}</p>
      <input ref={box} class="token" value={token} readOnly aria-label={t.once} />
      <div class="actions">
        <button class="button quiet" type="button" onClick={() => void copy()}>
          {t.copy}
        </button>
        <Saved words={copied} />
      </div>
    </Notice>
  );
}
