import { useState } from "preact/hooks";
import { api, Refusal, type Schemas } from "../../api/client";
import { toRefusal } from "../../api/load";
import { faultsOf, useSending } from "../../api/problems";
import { people as t } from "../../text/en/memberships";
import { label, roleNames } from "../../text/en/values";
import { Select, TextField } from "../../ui/fields";
import { Form } from "../../ui/form";

type Props = { community: Schemas["CommunityRead"]; onDone: (words: string) => void };
type Role = Schemas["MembershipRead"]["role"];

// Whoever may invite may offer these; a lead changes roles in the list of people.
const offered: Role[] = ["member", "observer"];

/** An address nobody here has needs more words than the API spends on it: somebody adds the person first. */
function reworded(error: unknown): Refusal {
  const refusal = toRefusal(error);
  const nobody = faultsOf(refusal).some(({ at, detail }) => at === "email" && detail === "no such person");
  return nobody
    ? new Refusal({ ...refusal.problem, errors: [{ at: "email", detail: t.nobodyThere }] })
    : refusal;
}

/** Bring somebody in by the address they use at work. */
export function Invite({ community, onDone }: Props) {
  const [round, setRound] = useState(0);
  const { form, busy } = useSending(async (fields) => {
    const body = { email: String(fields.get("email")).trim(), role: String(fields.get("role")) as Role };
    const path = { community_id: community.id };
    const made = await api
      .post("/v1/communities/{community_id}/memberships", { path, body })
      .catch((error: unknown) => {
        throw reworded(error);
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
