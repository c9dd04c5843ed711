import { useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { Trouble, useDoing } from "../../api/problems";
import { me } from "../../me";
import { longDay } from "../../text/dates";
import { people as t } from "../../text/en/memberships";
import { label, states } from "../../text/en/values";
import { Avatar } from "../../ui/people";
import { ReasonDialog } from "./ReasonDialog";

type Membership = Schemas["MembershipRead"];
type Props = { membership: Membership; onDone: (words: string) => void };

/** Somebody who waits: for an answer, for a place, or with an invitation in the hand. */
export function RequestRow({ membership, onDone }: Props) {
  const { person_name: name, can } = membership;
  const [refusing, setRefusing] = useState(false);
  const { busy, trouble, run } = useDoing();
  const path = { membership_id: membership.id };
  const move = async (state: Membership["state"], words: string, reason?: string) => {
    await api.patch("/v1/memberships/{membership_id}", {
      path,
      body: { state, ...(reason && { reason }) },
      match: membership.version,
    });
    onDone(words);
  };
  return (
    <li>
      <Avatar name={name} />
      <h3>{name}</h3>
      {membership.organisation_name && <p class="soft">{membership.organisation_name}</p>}
      <p class={membership.state === "requested" ? "needs" : "soft"}>{since(membership)}</p>
      <Trouble words={trouble} />
      <div class="actions">
        {can.includes("approve") && (
          <button
            class="button quiet"
            type="button"
            aria-disabled={busy}
            aria-label={t.acceptOf(name)}
            onClick={() => void run(() => move("active", t.done.accepted(name)))}
          >
            {t.accept}
          </button>
        )}
        {can.includes("decline") && (
          <button
            class="plain"
            type="button"
            aria-label={t.declineOf(name)}
            onClick={() => setRefusing(true)}
          >
            {t.decline}
          </button>
        )}
        {can.includes("remove") && (
          <button
            class="plain"
            type="button"
            aria-disabled={busy}
            aria-label={t.withdrawOf(name)}
            onClick={() => void run(() => move("removed", t.done.withdrawn(name)))}
          >
            {t.withdraw}
          </button>
        )}
      </div>
      <ReasonDialog
        open={refusing}
        title={t.reasonTitle(name)}
        action={t.send}
        onClose={() => setRefusing(false)}
        onReason={(reason) => move("declined", t.done.declined(name), reason)}
      />
    </li>
  );
}

function since({ state, created_at, expires_at, position }: Membership): string {
  const zone = me.value?.timezone ?? "UTC";
  if (state === "invited" && expires_at) return t.invitedUntil(longDay(expires_at, zone));
  if (state === "waitlisted") return position ? t.position(position) : label(states, state);
  return t.asked(longDay(created_at, zone));
}
