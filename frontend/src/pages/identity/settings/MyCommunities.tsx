import { api } from "../../../api/client";
import { useList } from "../../../api/list";
import { Loaded, Trouble } from "../../../api/problems";
import { me } from "../../../me";
import { paths } from "../../../paths";
import { date } from "../../../text/dates";
import { settings } from "../../../text/en/identity";
import { shell } from "../../../text/en/shell";
import { label, roleNames, states } from "../../../text/en/values";
import { More } from "../../../ui/More";
import { Empty } from "../../../ui/Notice";

const t = settings.memberships;

/** Where the reader belongs, waits or is invited. What can be done about it is done on the community's page. */
export function MyCommunities() {
  const zone = me.value?.timezone ?? "UTC";
  const list = useList(
    (cursor, signal) =>
      api.get("/v1/me/memberships", { query: { ...cursor, limit: 25 }, ...(signal && { signal }) }),
    [],
  );
  return (
    <>
      <Loaded load={list}>
        {(memberships) =>
          memberships.length ? (
            <ul class="list">
              {memberships.map(({ id, community_id, community_name, role, state, joined_at }) => (
                <li key={id}>
                  <h3>
                    <a href={paths.community(community_id)}>{community_name}</a>
                  </h3>
                  <p class="soft">
                    {state === "active" ? label(roleNames, role) : label(states, state)}
                    {joined_at && `, ${t.since(date(joined_at, zone))}`}
                  </p>
                </li>
              ))}
            </ul>
          ) : (
            <Empty title={t.none}>
              <a class="button quiet" href={paths.communities()}>
                {t.find}
              </a>
            </Empty>
          )
        }
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {shell.more}
      </More>
    </>
  );
}
