import type { Schemas } from "../../api/client";
import { paths } from "../../paths";
import { find as t } from "../../text/en/find";
import { cadences, joinPolicies, label, modes, stages, states } from "../../text/en/values";
import { Alive } from "../../ui/Alive";

type Props = { community: Schemas["CommunityRead"]; mine: boolean };

/** What one needs to know to go and look: what it is for, for whom, how alive, how to get in. */
export function CommunityRow({ community: c, mine }: Props) {
  return (
    <li>
      <div>
        <h3>
          <a href={paths.community(c.id)}>{c.name}</a>
        </h3>
        {c.purpose && <p>{c.purpose}</p>}
        <p>{mine ? <span class="tag plain-tag">{t.belong}</span> : <Way community={c} />}</p>
      </div>
      <div>
        <Alive stage={c.stage} archived={c.status === "archived"}>
          {label(stages, c.stage)}. {t.members(c.member_count)}.
        </Alive>
        <p class="soft">
          {c.audience && <>{t.audience(c.audience)} </>}
          {t.meets(label(cadences, c.cadence), label(modes, c.mode).toLocaleLowerCase())}
        </p>
      </div>
    </li>
  );
}

/** How to get in, or how far one has got. */
const Way = ({ community: { my_state, join_policy } }: { community: Schemas["CommunityRead"] }) =>
  my_state === "invited" ? (
    <span class="tag warm">{label(states, my_state)}</span>
  ) : my_state ? (
    <span class="tag plain-tag">{label(states, my_state)}</span>
  ) : (
    <span class="tag">{label(joinPolicies, join_policy)}</span>
  );
