import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useSending } from "../../api/problems";
import { people as t } from "../../text/en/memberships";
import { label, roleNames } from "../../text/en/values";
import { Select, TextField } from "../../ui/fields";
import { Form } from "../../ui/form";

type Props = { community: Schemas["CommunityRead"]; onDone: (words: string) => void };
type Role = Schemas["MembershipRead"]["role"];

// Whoever may invite may offer these; a lead changes roles in the list of people.
const offered: Role[] = ["member", "observer"];

/** Bring somebody in by the address they use at work. */
export function Invite({ community, onDone }: Props) {
  const [round, setRound] = useState(0);
  const { form, busy } = useSending(async (fields) => {
    const body = { email: String(fields.get("email")).trim(), role: String(fields.get("role")) as Role };
    const made = await api.post("/v1/communities/{community_id}/memberships", {
      path: { community_id: community.id },
      body,
    });
    setRound((count) => count + 1);
    onDone(made.state === "active" ? t.done.added(made.person_name) : t.done.invited(made.person_name));
  });
  return (
    <section aria-labelledby="invite">
      <h2 id="invite">{t.invite}</h2>
      <Form {...form} key={round} class="fields-row">
        <TextField
          name="email"
          type="email"
          label={t.email}
          hint={t.inviteHint}
          required
          maxLength={254}
          autocomplete="off"
        />
        <Select
          name="role"
          label={t.as}
          options={offered.map((value) => ({ value, label: label(roleNames, value) }))}
        />
        <button class="button" aria-disabled={busy}>
          {t.inviteButton}
        </button>
      </Form>
    </section>
  );
}
