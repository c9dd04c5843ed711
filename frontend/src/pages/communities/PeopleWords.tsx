import { api, type Schemas } from "../../api/client";
import { useLoad } from "../../api/load";
import { Loaded } from "../../api/problems";
import { paths } from "../../paths";
import { community as t } from "../../text/en/communities";
import { find } from "../../text/en/find";
import { label, roles } from "../../text/en/values";
import { Avatar } from "../../ui/people";

type Props = { community: Schemas["CommunityRead"] };
const serving = ["lead", "coordinator", "facilitator", "sponsor"] as const;

/** Who looks after the community, and how many belong. Names are for those who belong. */
export function PeopleWords({ community }: Props) {
  const sees = community.can.includes("see_people");
  return sees ? (
    <Served community={community} />
  ) : (
    <p>
      {find.members(community.member_count)}. {t.namesLater}
    </p>
  );
}

function Served({ community: { id, member_count } }: Props) {
  const load = useLoad(
    async (signal) => {
      const pages = serving.map((role) =>
        api.get("/v1/communities/{community_id}/memberships", {
          path: { community_id: id },
          query: { role, state: ["active"], limit: 12 },
          signal,
        }),
      );
      return (await Promise.all(pages)).flatMap(({ items }) => items);
    },
    [id],
  );
  return (
    <Loaded load={load}>
      {(people) => (
        <>
          <ul class="people two">
            {people.map((person) => (
              <li key={person.id}>
                <Avatar name={person.person_name} />
                <h3>{person.person_name}</h3>
                <p>{label(roles, person.role)}.</p>
                {person.organisation_name && <p class="soft">{person.organisation_name}</p>}
              </li>
            ))}
          </ul>
          {member_count > people.length && <p class="soft">{t.others(member_count - people.length)}</p>}
          <p>
            <a href={paths.people(id)}>{t.all}</a>
          </p>
        </>
      )}
    </Loaded>
  );
}
