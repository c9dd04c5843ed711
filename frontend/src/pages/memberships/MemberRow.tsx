import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { Trouble, useDoing } from "../../api/problems";
import { me } from "../../me";
import { date } from "../../text/dates";
import { people as t } from "../../text/en/memberships";
import { label, roleNames } from "../../text/en/values";
import { Avatar } from "../../ui/people";
import { ReasonDialog } from "./ReasonDialog";

type Membership = Schemas["MembershipRead"];
type Role = Membership["role"];
type Props = { membership: Membership; onDone: (words: string) => void };

/** Somebody who belongs, with their role and what may be done about it. */
export function MemberRow({ membership, onDone }: Props) {
  const { id, person_name: name, role, state, can, version } = membership;
  const [removing, setRemoving] = useState(false);
  const { busy, trouble, run } = useDoing();
  const path = { membership_id: id };
  const [wanted, want] = useState<Role>();
  const change = async (chosen: Role) => {
    want(chosen);
    const done = await run(async () => {
      await api.patch("/v1/memberships/{membership_id}", { path, body: { role: chosen }, match: version });
      onDone(t.done.role(name, label(roleNames, chosen)));
    });
    if (!done) want(undefined);
  };
  const remove = async (reason: string) => {
    await api.patch("/v1/memberships/{membership_id}", {
      path,
      body: { state: "removed", reason },
      match: version,
    });
    onDone(t.done.removed(name));
  };
  return (
    <li aria-busy={busy}>
      <Avatar name={name} />
      <h3>{name}</h3>
      {!can.includes("change_role") && <p>{label(roleNames, role)}</p>}
      {state === "paused" && <p>{t.onBreak}</p>}
      <p class="soft">{[membership.organisation_name, since(membership)].filter(Boolean).join(". ")}</p>
      <Trouble words={trouble} />
      <div class="actions">
        {can.includes("change_role") && (
          <select
            class="role"
            aria-label={t.role(name)}
            value={wanted ?? role}
            onChange={(event) => void change(event.currentTarget.value as Role)}
          >
            {Object.entries(roleNames).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
        {can.includes("remove") && (
          <button class="plain" type="button" aria-label={t.removeOf(name)} onClick={() => setRemoving(true)}>
            {t.remove}
          </button>
        )}
      </div>
      <ReasonDialog
        open={removing}
        title={t.removeTitle(name)}
        action={t.doRemove}
        onClose={() => setRemoving(false)}
        onReason={remove}
      />
    </li>
  );
}

const since = ({ joined_at }: Membership): string =>
  joined_at ? t.since(date(joined_at, me.value?.timezone ?? "UTC")) : "";
