import { useState } from "preact/hooks";
import { api } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { useSending } from "../../../api/problems";
import { keep, recognise, type Me } from "../../../me";
import { zoneName, zones } from "../../../text/dates";
import { settings } from "../../../text/en/identity";
import { Select, TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Saved } from "../../../ui/Saved";

const t = settings.profile;

/** A choice that is not in the list stays a choice, so that saving changes nothing by accident. */
const withCurrent = (values: readonly string[], current: string): readonly string[] =>
  values.includes(current) ? values : [current, ...values];

export function Profile({ person }: { person: Me }) {
  const [done, setDone] = useState<string>();
  const organisation = useLoad(
    async (signal) =>
      person.organisation_id
        ? (
            await api.get("/v1/organisations/{organisation_id}", {
              path: { organisation_id: person.organisation_id },
              signal,
            })
          ).name
        : null,
    [person.organisation_id],
  );
  const { form, busy } = useSending(
    async (fields) => {
      setDone(undefined);
      const text = (name: string) => String(fields.get(name)).trim();
      const body = {
        name: text("name"),
        team: text("team") || null,
        timezone: text("timezone"),
        locale: text("locale"),
      };
      keep(await api.patch("/v1/me", { body, match: person.version }));
      setDone(t.done);
    },
    () => void recognise(),
  );

  const locales: Record<string, string> = t.locales;
  return (
    <Form {...form}>
      <dl class="summary field">
        <div>
          <dt>{t.email}</dt>
          <dd>{person.email}</dd>
        </div>
        {organisation.state === "ready" && organisation.value && (
          <div>
            <dt>{t.organisation}</dt>
            <dd>{organisation.value}</dd>
          </div>
        )}
      </dl>
      <TextField
        name="name"
        label={t.name}
        hint={t.nameHint}
        defaultValue={person.name}
        autocomplete="name"
        required
        minLength={2}
        maxLength={120}
      />
      <TextField
        name="team"
        label={t.team}
        defaultValue={person.team ?? ""}
        autocomplete="organization-title"
        maxLength={60}
      />
      <Select
        name="timezone"
        label={t.timezone}
        hint={t.timezoneHint}
        chosen={person.timezone}
        options={withCurrent(zones(), person.timezone).map((zone) => ({
          value: zone,
          label: zoneName(zone),
        }))}
      />
      <Select
        name="locale"
        label={t.locale}
        hint={t.localeHint}
        chosen={person.locale}
        options={withCurrent(Object.keys(locales), person.locale).map((tag) => ({
          value: tag,
          label: locales[tag] ?? tag,
        }))}
      />
      <div class="actions">
        <button class="button" aria-disabled={busy}>
          {t.save}
        </button>
        <Saved words={done} />
      </div>
    </Form>
  );
}
